namespace ToolService.Core.Models.TextCalls;

/// <summary>Tells the thought at the beginning of an answer from the rest, while it arrives.</summary>
/// <param name="mode">Whether there is one.</param>
internal sealed class ThoughtReader(TextReasoning mode)
{
    private static readonly (string Begin, string End)[] Tags =
    [
        ("<think>", "</think>"), ("<thinking>", "</thinking>"), ("<seed:think>", "</seed:think>"), ("[THINK]", "[/THINK]"),
        ("<|START_THINKING|>", "<|END_THINKING|>"),
    ];

    // More white space than this is no matter of layout, and waits for nothing.
    private const int MaxSpace = 4096;

    private State _state = mode switch { TextReasoning.Opened => State.Inside, TextReasoning.Tagged => State.Start, _ => State.Behind };
    private string _end = Tags[0].End;
    private string _held = "";
    private bool _hasThought;

    private enum State
    {
        Start,
        Inside,
        // White space between the thought and what follows belongs to neither.
        Between,
        Behind,
    }

    /// <summary>Takes the next words.</summary>
    /// <returns>What of them is thought, and what is not.</returns>
    public (string Thought, string Words) Append(string text)
    {
        if (_state is State.Behind)
            return ("", text);

        var thought = "";
        _held += text;
        if (_state is State.Start)
            Begin();
        if (_state is State.Inside)
            thought = TakeThought();
        if (_state is State.Between && (_held = _held.TrimStart()).Length > 0)
            _state = State.Behind;
        return (thought, _state is State.Behind ? TakeHeld() : "");
    }

    /// <summary>Says that no more words follow.</summary>
    public (string Thought, string Words) Complete() => _state switch
    {
        State.Inside => (TakeHeld().TrimEnd(), ""),
        State.Between => ("", ""),
        _ => ("", TakeHeld()),
    };

    private void Begin()
    {
        var words = _held.TrimStart();
        foreach (var (begin, end) in Tags)
        {
            if (words.StartsWith(begin, StringComparison.Ordinal))
            {
                (_state, _end, _held) = (State.Inside, end, words[begin.Length..]);
                return;
            }
        }

        if (_held.Length > MaxSpace || !Tags.Any(tag => tag.Begin.StartsWith(words, StringComparison.Ordinal)))
            _state = State.Behind;
    }

    private string TakeThought()
    {
        if (!_hasThought)
            _held = _held.TrimStart();
        _hasThought |= _held.Length > 0;
        var length = _held.IndexOf(_end, StringComparison.Ordinal);
        if (length >= 0)
        {
            var last = _held[..length].TrimEnd();
            (_state, _held) = (State.Between, _held[(length + _end.Length)..]);
            return last;
        }

        // What may be the beginning of the tag waits, and so does the white space before it.
        var kept = Enumerable.Range(1, Math.Min(_held.Length, _end.Length - 1))
            .LastOrDefault(count => _end.StartsWith(_held[^count..], StringComparison.Ordinal));
        var thought = _held[..^kept];
        if (_held.Length <= MaxSpace || !string.IsNullOrWhiteSpace(thought))
            thought = thought.TrimEnd();
        _held = _held[thought.Length..];
        return thought;
    }

    private string TakeHeld()
    {
        var held = _held;
        _held = "";
        return held;
    }
}
