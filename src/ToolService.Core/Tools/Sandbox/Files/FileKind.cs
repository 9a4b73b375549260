namespace ToolService.Core.Tools.Sandbox.Files;

/// <summary>What a name in a workspace stands for.</summary>
internal enum FileKind
{
    /// <summary>A regular file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link, which no file tool follows.</summary>
    Link,

    /// <summary>A pipe, socket or device, which no file tool opens.</summary>
    Special,
}
