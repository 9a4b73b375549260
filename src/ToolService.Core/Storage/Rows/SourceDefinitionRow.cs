using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Storage.Rows;

/// <summary>A row of <c>source_definitions</c>.</summary>
internal sealed class SourceDefinitionRow
{
    public required string Kind { get; init; }

    public required string Name { get; init; }

    public required string Definition { get; init; }

    public required string Hash { get; init; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; init; }

    public required string ChangedBy { get; init; }

    public StoredDefinition ToRecord() => new(Kind, Name, Definition, Hash)
    {
        CreatedAt = StoredTime.Instant(CreatedAt),
        UpdatedAt = StoredTime.Instant(UpdatedAt),
        ChangedBy = ChangedBy,
    };
}
