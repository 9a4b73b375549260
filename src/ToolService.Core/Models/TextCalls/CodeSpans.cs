namespace ToolService.Core.Models.TextCalls;

/// <summary>
/// Follows the words that are shown, to know what is only quoted: in a code block, between backticks, or right behind a quotation mark. Who
/// explains how calls are written makes none.
/// </summary>
internal sealed class CodeSpans
{
    private const int FenceLength = 3;
    private bool _isBlock;
    private bool _isInline;
    private int _ticks;
    private char _last;

    /// <summary>Whether what comes next is only quoted.</summary>
    public bool IsQuoted =>
        _last is '"' or '\'' or '“' or '‘' or '«'
        || (_ticks >= FenceLength ? !_isBlock : _isBlock || _isInline != (_ticks > 0));

    /// <summary>Whether the last character was a backtick.</summary>
    public bool IsTick => _ticks > 0;

    public void Pass(ReadOnlySpan<char> words)
    {
        foreach (var c in words)
        {
            if (c is '`')
                _ticks++;
            else if (_ticks > 0 || c is '\n')
                Close(c);
            _last = c;
        }
    }

    private void Close(char next)
    {
        if (_ticks >= FenceLength)
            _isBlock = !_isBlock;
        else if (_ticks > 0 && !_isBlock)
            _isInline = !_isInline;
        if (next is '\n' || _isBlock)
            _isInline = false;
        _ticks = 0;
    }
}
