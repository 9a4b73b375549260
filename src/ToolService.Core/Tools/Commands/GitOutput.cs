namespace ToolService.Core.Tools.Commands;

/// <summary>What git printed.</summary>
/// <param name="Output">The text.</param>
/// <param name="Truncated">Whether something is left out of its middle.</param>
internal sealed record GitOutput(string Output, bool Truncated);
