using ToolService.Core.Tools.OpenApi.Reading;

namespace ToolService.Core.Tools.OpenApi.Operations;

/// <summary>One property of a tool's input schema.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsRequired">Whether a call must have it.</param>
/// <param name="Schema">Its schema as the document has it.</param>
internal sealed record ToolArgument(string Name, bool IsRequired, DocumentNode Schema)
{
    /// <summary>What it is for, in the place of what the schema says; null leaves that.</summary>
    public string? Description { get; init; }

    public bool IsDeprecated { get; init; }
}
