namespace ToolService.Core.Models.TextCalls;

/// <summary>A part of what a model wrote, by what it is.</summary>
internal abstract record TextPiece
{
    private TextPiece()
    {
    }

    /// <summary>Words for the reader.</summary>
    public sealed record Words(string Text) : TextPiece;

    /// <summary>What the model thought.</summary>
    public sealed record Thought(string Text) : TextPiece;

    /// <summary>A tool call.</summary>
    /// <param name="Name">The tool.</param>
    /// <param name="Arguments">JSON text as the model wrote it or its notation translates; something else if it got that wrong.</param>
    public sealed record Call(string Name, string Arguments) : TextPiece
    {
        /// <summary>All of the text that became this call and those that came with it; empty for all but the first of them.</summary>
        public string Source { get; init; } = "";
    }
}
