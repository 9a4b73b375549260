using Microsoft.Extensions.Options;

namespace ToolService.Core.Tools.Sandbox;

/// <summary>
/// Refuses folders under <c>Sandbox:ReadOnlyFolders</c> that would cover what the sandbox has of its own, or show the whole machine.
/// </summary>
internal sealed class SandboxOptionsValidation : IValidateOptions<SandboxOptions>
{
    private static readonly string[] Own = ["/proc", "/dev", "/sys", "/tmp", "/etc", "/run", "/workspace", "/usr", "/root", "/home", "/var"];

    public ValidateOptionsResult Validate(string? name, SandboxOptions options)
    {
        string[] failures = [.. options.ReadOnlyFolders.SelectMany((folder, index) => Failure(folder) is { } failure
            ? new[] { $"{SandboxOptions.Section}:{nameof(options.ReadOnlyFolders)}:{index}: {failure}" }
            : [])];
        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static string? Failure(string? folder)
    {
        if (string.IsNullOrEmpty(folder) || !Path.IsPathFullyQualified(folder) || Path.GetFullPath(folder) != folder || folder == "/")
            return $"'{folder}' is not an absolute path to a folder, without '..' and without a '/' at its end.";
        return Own.Contains(folder) ? $"'{folder}' is not for the sandbox; name a folder within it." : null;
    }
}
