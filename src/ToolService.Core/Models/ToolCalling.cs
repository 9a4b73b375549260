namespace ToolService.Core.Models;

/// <summary>How a model is told of tools, and calls them.</summary>
public enum ToolCalling
{
    /// <summary>By the wire format's own means.</summary>
    Native,

    /// <summary>In its text: tools are described in the system prompt, and calls are read out of the answer.</summary>
    Text,
}
