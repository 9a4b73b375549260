namespace ToolService.Durability.Verification;

/// <summary>What a process had done about a call when it ended, as far as the points that it passed tell.</summary>
internal sealed class CallPast
{
    private readonly Life _life;

    public CallPast(Life life, string callId, string kind)
    {
        _life = life;
        List<string> points = [.. life.Trace.BySubject[callId]];
        var intent = kind == ToolKinds.Confirmed ? "decide" : "add_call";
        var start = points.LastIndexOf(Points.Before(Points.ToolCall));
        var outcome = kind == ToolKinds.ReadOnly ? "add_call" : "update_call";
        Ran = start >= 0;
        MayHaveIntent = points.Contains(Points.Before(intent));
        HasIntent = points.Contains(Points.After(intent));
        MayHaveOutcome = points.FindIndex(start + 1, point => point == Points.Before(outcome)) >= 0;
        HasOutcome = Ran && points.FindIndex(start + 1, point => point == Points.After(outcome)) >= 0;
    }

    /// <summary>It had begun to run.</summary>
    public bool Ran { get; }

    /// <summary>The intent was being written, or was.</summary>
    public bool MayHaveIntent { get; }

    /// <summary>The intent was durable.</summary>
    public bool HasIntent { get; }

    /// <summary>The outcome was being written, or was.</summary>
    public bool MayHaveOutcome { get; }

    /// <summary>The outcome was durable.</summary>
    public bool HasOutcome { get; }

    /// <summary>The process was killed while the store said that the call had started and nothing more.</summary>
    public bool LeftStarted => _life.Killed && HasIntent && !MayHaveOutcome;

    /// <summary>The process was killed while the call ran of which, being read-only, the store said nothing.</summary>
    public bool LeftRunning => _life.Killed && Ran && !MayHaveOutcome;
}
