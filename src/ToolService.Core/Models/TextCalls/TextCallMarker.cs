namespace ToolService.Core.Models.TextCalls;

/// <summary>Text with which something that is not meant for the reader begins.</summary>
/// <param name="Text">The text, never empty.</param>
/// <param name="Placement">Where it counts.</param>
internal sealed record TextCallMarker(string Text, MarkerPlacement Placement = MarkerPlacement.Anywhere);
