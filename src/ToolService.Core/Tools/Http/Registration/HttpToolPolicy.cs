namespace ToolService.Core.Tools.Http.Registration;

/// <summary>What applies whenever the tool runs; operators override it with <c>Tools:Policies:{name}</c>.</summary>
public sealed record HttpToolPolicy
{
    /// <summary>How long one attempt may take, such as <c>00:00:30</c>; up to an hour. Default: <c>Http:Timeout</c>.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <inheritdoc cref="ToolPolicy.MaxRetries"/>
    public int? MaxRetries { get; init; }

    /// <inheritdoc cref="ToolPolicy.MaxParallel"/>
    public int? MaxParallel { get; init; }

    /// <inheritdoc cref="ToolPolicy.MaxResultCharacters"/>
    public int? MaxResultCharacters { get; init; }

    /// <inheritdoc cref="ToolPolicy.RequiresConfirmation"/>
    public bool? RequiresConfirmation { get; init; }

    /// <inheritdoc cref="ToolPolicy.Volatile"/>
    public bool? Volatile { get; init; }
}
