namespace ToolService.Core.Conversations.Selection;

/// <summary>A tool that a search found.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does, or the beginning of that.</param>
/// <param name="Why">What it was found by.</param>
internal sealed record FoundTool(string Name, string Description, string Why);
