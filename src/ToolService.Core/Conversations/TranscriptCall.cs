namespace ToolService.Core.Conversations;

/// <summary>A call in a <see cref="TranscriptMessage"/>.</summary>
/// <param name="Id">The id by which its result names it.</param>
/// <param name="Name">The tool.</param>
/// <param name="Arguments">What the model wrote as arguments: JSON, if it did well.</param>
public sealed record TranscriptCall(string Id, string Name, string Arguments)
{
    /// <summary>Whether providers take a tool of this name: 1 to 64 of letters, digits, <c>_</c> and <c>-</c>.</summary>
    public static bool IsName(string name) => TranscriptRounds.IsName(name);
}
