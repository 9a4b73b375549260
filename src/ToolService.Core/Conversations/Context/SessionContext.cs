namespace ToolService.Core.Conversations.Context;

/// <summary>
/// What of a session's messages the model is sent. It changes only when they are compacted, so that every request until then begins like the
/// one before. The messages themselves stay as they are.
/// </summary>
public sealed record SessionContext
{
    /// <summary>Everything.</summary>
    public static SessionContext None { get; } = new();

    /// <summary>Messages before this position are left out.</summary>
    public int LeftOut { get; init; }

    /// <summary>In messages before this position, long results of tools are cut to their beginning.</summary>
    public int Shortened { get; init; }

    /// <summary>What a model wrote in place of what is left out; null for nothing.</summary>
    public string? Summary { get; init; }

    /// <summary>What the last request cost; null while no provider has told.</summary>
    public ContextMeasure? Measure { get; init; }

    /// <summary>The last request that was refused as too long without a number; null while there is none.</summary>
    public ContextCeiling? Ceiling { get; init; }

    /// <summary>The same for the session's first messages alone: nothing of it may tell of others.</summary>
    public SessionContext UpTo(int count) => this with
    {
        LeftOut = LeftOut > count ? 0 : LeftOut,
        Summary = LeftOut > count ? null : Summary,
        Shortened = Math.Min(Shortened, count),
    };
}
