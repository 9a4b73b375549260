using ToolService.Core.Tools.Sandbox.Files;

namespace ToolService.Core.Tools.Sandbox;

/// <summary>As whom commands run on this machine.</summary>
internal static class SandboxUser
{
    /// <summary>
    /// The user to become where the service is root, as the kernel bounds no process of root's by number; null where the service has a
    /// user of its own, which is as good.
    /// </summary>
    public static uint? Of(SandboxOptions options) =>
        OperatingSystem.IsLinux() && Libc.EffectiveUser() == 0 ? (uint)options.User : null;
}
