namespace ToolService.Core.Execution;

/// <summary>One request to run a tool.</summary>
/// <param name="Id">Unique per owner; the same id is never run twice.</param>
/// <param name="ToolName">The tool's name.</param>
/// <param name="Arguments">The arguments as JSON text, unparsed and untrusted.</param>
public sealed record ToolCall(string Id, string ToolName, string Arguments)
{
    /// <summary>Whether the model reached its output limit while it wrote the arguments. Such a call is refused, whatever they look like.</summary>
    public bool IsCutOff { get; init; }
}
