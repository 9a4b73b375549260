using System.Text;

namespace ToolService.Core.Tools.BuiltIn;

/// <summary>Sets text in lines: white space collapses, breaks do not add up.</summary>
internal sealed class TextLayout
{
    private readonly StringBuilder _text = new();
    private int _breaks;
    private bool _space;
    private string? _mark;

    /// <summary>How many preformatted elements are open; within one, white space is kept.</summary>
    public int Preformatted { get; set; }

    /// <summary>The next text stands on a new line (1) or after an empty one (2). What follows a mark stays on its line.</summary>
    public void Break(int lines) => _breaks = _mark is null ? Math.Max(_breaks, lines) : _breaks;

    /// <summary>The next text has this before it; null for nothing.</summary>
    public void Mark(string? mark) => _mark = mark;

    /// <summary>A cell of a table begins.</summary>
    public void Cell()
    {
        if (_breaks == 0 && _text.Length > 0)
            _text.Append(" | ");
        _space = false;
    }

    public void Text(string text)
    {
        if (Preformatted > 0)
        {
            Begin();
            _text.Append(text);
            return;
        }

        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c))
            {
                _space = true;
                continue;
            }

            Begin();
            _text.Append(c);
        }
    }

    public override string ToString() => _text.ToString().Trim();

    private void Begin()
    {
        if (_breaks > 0 && _text.Length > 0)
            _text.Append('\n', _breaks);
        else if (_space && _text.Length > 0)
            _text.Append(' ');
        _text.Append(_mark);
        (_breaks, _space, _mark) = (0, false, null);
    }
}
