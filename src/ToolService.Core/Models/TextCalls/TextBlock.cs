namespace ToolService.Core.Models.TextCalls;

/// <summary>What a format found in one block.</summary>
/// <param name="tools">The tools on offer, for notations that do not tell a number from a text.</param>
internal sealed class TextBlock(TextTools tools)
{
    private readonly List<TextPiece> _pieces = [];

    public TextTools Tools => tools;

    public IReadOnlyList<TextPiece> Pieces => _pieces;

    /// <summary>The tool of the call that is being read; null between calls.</summary>
    public string? Begun { get; private set; }

    /// <summary>Where its arguments begin.</summary>
    public int BegunAt { get; private set; }

    public void Begin(string name, int position) => (Begun, BegunAt) = (name, position);

    public void Add(string name, string arguments) => Add(new TextPiece.Call(name, arguments));

    public void Add(TextPiece piece)
    {
        _pieces.Add(piece);
        Begun = null;
    }
}
