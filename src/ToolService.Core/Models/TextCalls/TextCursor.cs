using System.Buffers;

namespace ToolService.Core.Models.TextCalls;

/// <summary>Reads text of which more may follow, and remembers whether anybody looked for something beyond its end.</summary>
/// <param name="text">What is there so far.</param>
/// <param name="isEnd">Whether nothing more follows.</param>
internal ref struct TextCursor(ReadOnlySpan<char> text, bool isEnd)
{
    private readonly ReadOnlySpan<char> _text = text;

    /// <summary>What Peek gives where there is nothing.</summary>
    public const char Nothing = '\0';

    public int Position { get; set; }

    /// <summary>Whether what was read so far might have gone another way with more text.</summary>
    public bool Starved { get; private set; }

    public readonly int Length => _text.Length;

    /// <summary>Whether nothing follows, now or later.</summary>
    public bool IsAtEnd()
    {
        if (Position < _text.Length)
            return false;

        Starved = true;
        return isEnd;
    }

    public char Peek()
    {
        if (Position < _text.Length)
            return _text[Position];

        Starved = true;
        return Nothing;
    }

    public bool Take(char wanted)
    {
        if (Peek() != wanted || Position == _text.Length)
            return false;

        Position++;
        return true;
    }

    public bool Take(string literal)
    {
        var rest = _text[Position..];
        if (rest.StartsWith(literal, StringComparison.Ordinal))
        {
            Position += literal.Length;
            return true;
        }

        if (literal.AsSpan().StartsWith(rest, StringComparison.Ordinal))
            Starved = true;
        return false;
    }

    /// <summary>Takes the first of these that is there; false too while one of them may still come.</summary>
    public bool TakeAny(params ReadOnlySpan<string> literals)
    {
        foreach (var literal in literals)
            if (Take(literal))
                return true;
        return false;
    }

    public void SkipSpace()
    {
        while (Position < _text.Length && char.IsWhiteSpace(_text[Position]))
            Position++;
    }

    public ReadOnlySpan<char> TakeWhile(Func<char, bool> wanted)
    {
        var start = Position;
        while (Position < _text.Length && wanted(_text[Position]))
            Position++;
        if (Position == _text.Length)
            Starved = true;
        return _text[start..Position];
    }

    /// <summary>Takes what is before this, and this.</summary>
    public bool TakeThrough(string end, out string before)
    {
        var length = _text[Position..].IndexOf(end, StringComparison.Ordinal);
        Starved |= length < 0;
        before = length < 0 ? "" : _text.Slice(Position, length).ToString();
        Position += length < 0 ? 0 : length + end.Length;
        return length >= 0;
    }

    /// <summary>Takes what is before the first of these.</summary>
    public bool TakeUntil(SearchValues<string> ends, out string before)
    {
        var length = _text[Position..].IndexOfAny(ends);
        Starved |= length < 0;
        before = length < 0 ? "" : _text.Slice(Position, length).ToString();
        Position += Math.Max(length, 0);
        return length >= 0;
    }

    public void TakeRest()
    {
        Position = _text.Length;
        Starved = true;
    }

    public readonly string Since(int start) => _text[start..Position].ToString();

    public readonly string From(int start) => _text[start..].ToString();
}
