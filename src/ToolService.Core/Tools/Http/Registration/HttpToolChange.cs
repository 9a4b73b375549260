namespace ToolService.Core.Tools.Http.Registration;

/// <summary>What became of a change, and what there is now.</summary>
/// <param name="Outcome">What became of it.</param>
public sealed record HttpToolChange(HttpToolOutcome Outcome)
{
    /// <summary>The tool as it may be called now; null where nothing was changed.</summary>
    public Tool? Tool { get; init; }

    /// <summary>The definition's hash, by which a later change says what it changes; null for none.</summary>
    public string? Hash { get; init; }

    /// <summary>Everything that is wrong with the definition.</summary>
    public IReadOnlyList<DefinitionError> Errors { get; init; } = [];

    /// <summary>The source that has the name; null where none has.</summary>
    public string? Owner { get; init; }
}
