namespace ToolService.Core.Execution;

/// <summary>One request to run a tool.</summary>
/// <param name="Id">Unique per owner; the same id is never run twice.</param>
/// <param name="ToolName">The tool's name.</param>
/// <param name="Arguments">The arguments as JSON text, unparsed and untrusted.</param>
public sealed record ToolCall(string Id, string ToolName, string Arguments);
