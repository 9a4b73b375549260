using System.Buffers;

namespace ToolService.Core.Schema.Formats;

/// <summary>Walks through a text from its start to its end, never back.</summary>
internal ref struct TextScanner(ReadOnlySpan<char> text)
{
    /// <summary>What has not been taken yet.</summary>
    public ReadOnlySpan<char> Rest { get; private set; } = text;

    public readonly bool AtEnd => Rest.IsEmpty;

    /// <summary>The next character without taking it; NUL at the end.</summary>
    public readonly char Peek() => Rest.IsEmpty ? '\0' : Rest[0];

    public void Skip(int length) => Rest = Rest[length..];

    public bool TrySkip(char expected)
    {
        if (Rest.IsEmpty || Rest[0] != expected)
            return false;
        Rest = Rest[1..];
        return true;
    }

    /// <summary>Takes the next characters as long as they are among these; returns how many.</summary>
    public int SkipAll(SearchValues<char> characters)
    {
        var length = Rest.IndexOfAnyExcept(characters);
        length = length < 0 ? Rest.Length : length;
        Rest = Rest[length..];
        return length;
    }

    /// <summary>Takes the next ASCII digits; returns how many.</summary>
    public int SkipDigits()
    {
        var length = Rest.IndexOfAnyExceptInRange('0', '9');
        length = length < 0 ? Rest.Length : length;
        Rest = Rest[length..];
        return length;
    }

    /// <summary>Takes a number of exactly this many ASCII digits, within bounds.</summary>
    public bool TryReadNumber(int length, int minimum, int maximum, out int value)
    {
        value = 0;
        if (Rest.Length < length)
            return false;
        foreach (var digit in Rest[..length])
        {
            if (!char.IsAsciiDigit(digit))
                return false;
            value = value * 10 + digit - '0';
        }

        Rest = Rest[length..];
        return value >= minimum && value <= maximum;
    }
}
