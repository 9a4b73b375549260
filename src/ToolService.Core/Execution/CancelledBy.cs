namespace ToolService.Core.Execution;

/// <summary>Who cancelled a running call.</summary>
internal enum CancelledBy
{
    /// <summary>The caller went away, or the call's turn was cancelled.</summary>
    Caller,

    /// <summary>The operator stopped the service.</summary>
    Operator,

    /// <summary>The process is stopping.</summary>
    Shutdown,
}
