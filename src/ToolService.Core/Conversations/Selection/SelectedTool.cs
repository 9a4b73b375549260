namespace ToolService.Core.Conversations.Selection;

/// <summary>A tool that a model is shown, and why.</summary>
/// <param name="Name">The tool's name.</param>
/// <param name="Reason">
/// In short words: <c>always</c>, <c>named in the message</c>, <c>rule: billing</c>, <c>used before</c>, <c>searched for</c>, <c>lexical:
/// "weather", "city"</c>, <c>keyword: "weather"</c>, <c>embedding: 0.83</c>, <c>chosen by model</c>; several that agreed apart by
/// semicolons; <c>all</c> where there was nothing to narrow.
/// </param>
public sealed record SelectedTool(string Name, string Reason);
