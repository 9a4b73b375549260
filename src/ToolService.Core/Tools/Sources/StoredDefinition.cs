namespace ToolService.Core.Tools.Sources;

/// <summary>Something that was defined while the service ran, and is there again after a restart.</summary>
/// <param name="Kind">What it is, such as <c>http_tool</c>.</param>
/// <param name="Name">Its name, unique for its kind.</param>
/// <param name="Definition">The definition, as JSON text; without secrets.</param>
/// <param name="Hash">By which a change can say what it changes.</param>
public sealed record StoredDefinition(string Kind, string Name, string Definition, string Hash)
{
    /// <summary>When it was defined.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Who changed it last.</summary>
    public required string ChangedBy { get; init; }
}
