namespace ToolService.Core.Schema.Evaluation;

/// <summary>Which properties or items of one object or array some keyword has evaluated, by their position.</summary>
/// <param name="words">Room for <see cref="WordsFor"/> words, all zero.</param>
internal readonly ref struct EvaluatedMarks(Span<ulong> words)
{
    /// <summary>As many words as are kept on the stack.</summary>
    public const int StackWords = 4;

    private const int WordBits = 64;

    private readonly Span<ulong> _words = words;

    /// <summary>Whether everything is marked at once.</summary>
    public bool AreAll => (_words[0] & 1) != 0;

    public bool this[int position] => AreAll || (_words[(position + 1) / WordBits] >> (position + 1) % WordBits & 1) != 0;

    /// <summary>How many words so many properties or items take: a bit for each, after one for all.</summary>
    public static int WordsFor(int count) => count / WordBits + 1;

    public void Mark(int position) => _words[(position + 1) / WordBits] |= 1UL << (position + 1) % WordBits;

    /// <summary>What is marked of the first 64, the lowest bit first, where there is room for one word more than that.</summary>
    public ulong First => AreAll ? ulong.MaxValue : _words[0] >> 1 | _words[1] << WordBits - 1;

    public void MarkAll() => _words[0] |= 1;
}
