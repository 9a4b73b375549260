namespace ToolService.Core.Tools;

/// <summary>What an operator changes in a tool's policy: <c>Tools:Policies:{name}</c>. What is not set stays as the tool says.</summary>
public sealed class ToolPolicyOptions
{
    /// <inheritdoc cref="ToolPolicy.ReadOnly"/>
    public bool? ReadOnly { get; set; }

    /// <inheritdoc cref="ToolPolicy.Idempotent"/>
    public bool? Idempotent { get; set; }

    /// <inheritdoc cref="ToolPolicy.Destructive"/>
    public bool? Destructive { get; set; }

    /// <inheritdoc cref="ToolPolicy.OpenWorld"/>
    public bool? OpenWorld { get; set; }

    /// <inheritdoc cref="ToolPolicy.Volatile"/>
    public bool? Volatile { get; set; }

    /// <summary>Whether a person must approve calls; goes before <see cref="ToolsOptions.RequireConfirmation"/>, also as false.</summary>
    public bool? RequiresConfirmation { get; set; }

    /// <inheritdoc cref="ToolPolicy.AssertFormats"/>
    public bool? AssertFormats { get; set; }

    /// <summary>How long one attempt may take; up to a day.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>How many times a failure that may pass is retried, 0 to 10; only for tools that are read-only or idempotent.</summary>
    public int? MaxRetries { get; set; }

    /// <summary>How many calls of this tool run at once.</summary>
    public int? MaxParallel { get; set; }

    /// <summary>The longest result, in characters, that a model is given.</summary>
    public int? MaxResultCharacters { get; set; }

    /// <summary>Whether nearly-right arguments are repaired; goes before <c>Execution:Repair</c>, for calls from models and from programs.</summary>
    public bool? Repair { get; set; }

    internal ToolPolicy ApplyTo(ToolPolicy policy) => policy with
    {
        ReadOnly = ReadOnly ?? policy.ReadOnly,
        Idempotent = Idempotent ?? policy.Idempotent,
        Destructive = Destructive ?? policy.Destructive,
        OpenWorld = OpenWorld ?? policy.OpenWorld,
        Volatile = Volatile ?? policy.Volatile,
        RequiresConfirmation = RequiresConfirmation ?? policy.RequiresConfirmation,
        AssertFormats = AssertFormats ?? policy.AssertFormats,
        Timeout = Timeout ?? policy.Timeout,
        MaxRetries = MaxRetries ?? policy.MaxRetries,
        MaxParallel = MaxParallel ?? policy.MaxParallel,
        MaxResultCharacters = MaxResultCharacters ?? policy.MaxResultCharacters,
        Repair = Repair ?? policy.Repair,
    };
}
