using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Storage.Rows;

/// <summary>A row of <c>known_tools</c>.</summary>
internal sealed class KnownToolRow
{
    public required string Source { get; init; }

    public required string Name { get; init; }

    public required string DefinitionHash { get; init; }

    public required string Definition { get; init; }

    public required long ApprovedAt { get; init; }

    public string? ApprovedBy { get; init; }

    public KnownTool ToRecord() => new(Source, Name, DefinitionHash, Definition, StoredTime.Instant(ApprovedAt), ApprovedBy);
}
