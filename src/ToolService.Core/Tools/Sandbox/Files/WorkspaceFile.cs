namespace ToolService.Core.Tools.Sandbox.Files;

/// <summary>A file as it was read.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="Status">Which state of which file it was.</param>
internal sealed record WorkspaceFile(byte[] Content, FileStatus Status);
