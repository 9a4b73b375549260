namespace ToolService.Core.Tools.Sandbox.Files;

/// <summary>What a workspace holds.</summary>
/// <param name="Bytes">What its files take up on the disk.</param>
/// <param name="Files">How many files, folders, links and other names there are.</param>
/// <param name="Closed">A folder that could not be looked into, so that anything may be in it; null where there is none.</param>
internal readonly record struct WorkspaceUsage(long Bytes, int Files, string? Closed = null)
{
    /// <summary>What is beyond the limits, as a sentence; null where nothing is.</summary>
    public string? Excess(WorkspaceOptions limits) =>
        Bytes > limits.MaxBytes ? $"the workspace holds more than {limits.MaxBytes} bytes ({WorkspaceOptions.Section}:{nameof(limits.MaxBytes)})"
        : Files > limits.MaxFiles ? $"the workspace holds more than {limits.MaxFiles} files ({WorkspaceOptions.Section}:{nameof(limits.MaxFiles)})"
        : Closed is { } folder ? $"the workspace's folder '{folder[..Math.Min(folder.Length, 100)]}' is not readable, or too deep down"
        : null;
}
