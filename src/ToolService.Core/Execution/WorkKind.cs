namespace ToolService.Core.Execution;

/// <summary>What a stop of the service ends and waits for.</summary>
internal enum WorkKind
{
    /// <summary>A tool call.</summary>
    Call,

    /// <summary>A turn.</summary>
    Turn,
}
