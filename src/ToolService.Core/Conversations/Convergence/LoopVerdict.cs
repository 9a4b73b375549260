namespace ToolService.Core.Conversations.Convergence;

/// <summary>What is to be done about a call that repeats.</summary>
internal enum LoopVerdict
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The model is told.</summary>
    Nudge,

    /// <summary>The model is told that the turn ends with the next one.</summary>
    LastWarning,

    /// <summary>The turn ends.</summary>
    Stop,
}
