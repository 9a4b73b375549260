using System.Runtime.InteropServices;

namespace ToolService.Core.Tools.Sandbox.Files;

/// <summary>Says to a model why the kernel refused a path.</summary>
internal static class FileFailure
{
    public const int NotPermitted = 1;
    public const int NotFound = 2;
    public const int NoDevice = 6;
    public const int AccessDenied = 13;
    public const int Exists = 17;
    public const int OtherDevice = 18;
    public const int NotAFolder = 20;
    public const int IsAFolder = 21;
    public const int NoSpace = 28;
    public const int NameTooLong = 36;
    public const int NotImplemented = 38;
    public const int IsALink = 40;
    public const int QuotaExceeded = 122;

    /// <summary>The failure of the last call to <see cref="Libc"/>.</summary>
    public static ToolException Last(string path) => For(Marshal.GetLastPInvokeError(), path);

    public static ToolException For(int error, string path) => new(error switch
    {
        NotFound => $"There is no '{path}' in the workspace.",
        NotPermitted or AccessDenied => $"'{path}' may not be accessed.",
        NoDevice => NotRegular(path),
        OtherDevice => $"'{path}' is outside the workspace.",
        NotAFolder => $"A part of '{path}' is not a folder, or is a link, which is not followed.",
        IsAFolder => $"'{path}' is a folder.",
        NoSpace or QuotaExceeded => "There is no space left for the workspace.",
        NameTooLong => $"A name in '{path}' is too long.",
        IsALink => $"'{path}' is or goes through a symbolic link, which is not followed.",
        _ => $"'{path}' cannot be accessed (system error {error}).",
    });

    /// <summary>What is said of pipes, sockets and devices.</summary>
    public static string NotRegular(string path) => $"'{path}' is not a regular file.";
}
