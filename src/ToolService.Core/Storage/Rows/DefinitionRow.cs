namespace ToolService.Core.Storage.Rows;

/// <summary>A row of <c>tool_definitions</c>.</summary>
internal sealed class DefinitionRow
{
    public required string Hash { get; init; }

    public required string Definition { get; init; }
}
