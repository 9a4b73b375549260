namespace ToolService.Core.Tools.Sources;

/// <summary>Where a source stands.</summary>
public enum SourceState
{
    /// <summary>Nobody has asked for its tools yet.</summary>
    Idle,

    /// <summary>It is being reached.</summary>
    Connecting,

    /// <summary>Its tools are there.</summary>
    Ready,

    /// <summary>The last attempt failed. Tools that it had before stay.</summary>
    Failed,
}
