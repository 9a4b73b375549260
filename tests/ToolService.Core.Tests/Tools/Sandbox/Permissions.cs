namespace ToolService.Core.Tests.Tools.Sandbox;

/// <summary>A file's permissions, where there are any.</summary>
internal static class Permissions
{
    public const UnixFileMode OwnersOwn = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Others may pass through a folder, and not list it: where tests run as root, commands run as somebody else.</summary>
    public const UnixFileMode Passable = OwnersOwn | UnixFileMode.OtherExecute;

    public static void Set(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }

    public static UnixFileMode Of(string path) => OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);
}
