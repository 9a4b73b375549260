namespace ToolService.Core.Tools;

/// <summary>
/// What applies to a tool whenever it runs. The first four say what the tool does (MCP's annotations) and so what the service may do with it;
/// the others bound it. Operators override any of them with <c>Tools:Policies:{name}</c>.
/// </summary>
public sealed record ToolPolicy
{
    /// <summary>The tool changes nothing: it may run again at any time and leaves no intent in the history. Default false.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Running the tool twice with the same arguments is the same as running it once, so it may be retried. Default false.</summary>
    public bool Idempotent { get; init; }

    /// <summary>The tool may overwrite or delete. Default false.</summary>
    public bool Destructive { get; init; }

    /// <summary>The tool reaches systems outside this service. Default false.</summary>
    public bool OpenWorld { get; init; }

    /// <summary>
    /// The tool's answer changes by itself from one call to the next: a clock, a queue, the state of a job. A model may ask it again and again,
    /// and is never given an earlier answer. Default false.
    /// </summary>
    public bool Volatile { get; init; }

    /// <summary>A person must approve each call before it runs. Default false.</summary>
    public bool RequiresConfirmation { get; init; }

    /// <summary>
    /// Whether <c>format</c> in the tool's schema is enforced: a string that is not such a date, address and so on is an invalid
    /// argument. Default false, as in the standard; <c>Tools:AssertFormats</c> changes it for all tools.
    /// </summary>
    public bool AssertFormats { get; init; }

    /// <summary>How long one attempt may take; null uses <c>Execution:DefaultTimeout</c>.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How many times a failure that may pass is retried; only for tools that are read-only or idempotent. Default 2.</summary>
    public int MaxRetries { get; init; } = 2;

    /// <summary>How many calls of this tool run at once; null is bounded by <c>Execution:MaxParallelCalls</c> alone.</summary>
    public int? MaxParallel { get; init; }

    /// <summary>The longest result, in characters, that a model is given; null uses <c>Execution:MaxResultCharacters</c>.</summary>
    public int? MaxResultCharacters { get; init; }

    /// <summary>
    /// Whether nearly-right arguments are repaired where nothing is lost and there is one way to read them; null leaves it to
    /// <c>Execution:Repair</c>, by where the call comes from.
    /// </summary>
    public bool? Repair { get; init; }

    /// <summary>Whether a call may run again without harm, so that retries and recovery may repeat it.</summary>
    public bool MayRunAgain => ReadOnly || Idempotent;
}
