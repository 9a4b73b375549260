namespace ToolService.Core.Tools.Sandbox.Files;

/// <summary>A name found in a workspace.</summary>
/// <param name="Path">Where it is, from the workspace down.</param>
/// <param name="Status">What it is.</param>
internal sealed record WorkspaceEntry(string Path, FileStatus Status)
{
    /// <summary>Whether it is a folder that cannot be looked into: it is not readable, or too deep down.</summary>
    public bool IsClosed { get; init; }

    /// <summary>What it is.</summary>
    public FileKind Kind => Status.Kind;
}
