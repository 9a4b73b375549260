namespace ToolService.Core.Tools.BuiltIn;

/// <summary>What can be read of a page.</summary>
/// <param name="Title">Its title; null where it has none.</param>
/// <param name="Text">Its readable text.</param>
/// <param name="Links">How many links it has.</param>
internal sealed record PageText(string? Title, string Text, int Links);
