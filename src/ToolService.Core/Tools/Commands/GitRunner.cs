using System.Globalization;
using Microsoft.Extensions.AI;
using ToolService.Core.Tools.Sandbox;
using ToolService.Core.Tools.Sandbox.Files;

namespace ToolService.Core.Tools.Commands;

/// <summary>
/// Runs git so that a repository cannot make it run anything else: its configuration names programs for monitoring, filtering, comparing,
/// paging, signing and fetching, and whoever wrote the repository wrote that configuration. The workspace is mounted read-only besides.
/// </summary>
internal sealed class GitRunner(CommandRunner runner)
{
    public const string Program = "git";

    private const int MostFilters = 200;

    private static readonly (string Name, string Value)[] Settings =
    [
        ("core.fsmonitor", "false"), ("core.hooksPath", "/dev/null"), ("core.pager", "cat"), ("core.sshCommand", "false"), ("core.askPass", "false"),
        ("core.untrackedCache", "false"), ("protocol.allow", "never"), ("log.showSignature", "false"), ("gpg.program", "false"),
        ("submodule.recurse", "false"), ("status.submoduleSummary", "false"), ("diff.ignoreSubmodules", "all"), ("safe.directory", "*"),
    ];

    private static readonly (string Name, string Value)[] Variables =
    [
        ("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_ATTR_NOSYSTEM", "1"), ("GIT_OPTIONAL_LOCKS", "0"),
        ("GIT_TERMINAL_PROMPT", "0"), ("GIT_PAGER", "cat"), ("GIT_NO_LAZY_FETCH", "1"),
    ];

    /// <summary>What git prints.</summary>
    /// <param name="arguments">The subcommand and its arguments.</param>
    /// <param name="folder">A folder of the repository.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ToolException">Git failed; the message is its own.</exception>
    public async Task<GitOutput> RunAsync(IEnumerable<string> arguments, string folder, AIFunctionArguments call, CancellationToken cancellationToken)
    {
        var place = WorkspacePath.Parse(folder);
        var names = await AskAsync(["config", "--list", "--name-only", "-z"], place, [], call, cancellationToken);
        var filters = names.Stdout.ToString().Split('\0')
            .Select(name => name.Split('\n')[0])
            .Where(name => name.StartsWith("filter.", StringComparison.OrdinalIgnoreCase))
            .Distinct()
            .ToList();
        if (filters.Count > MostFilters || names.Stdout.IsTruncated)
            throw new ToolException("The repository's configuration is too long.");

        var result = await AskAsync(["--no-pager", .. arguments], place, filters, call, cancellationToken);
        return new GitOutput(result.Stdout.ToString(), result.Stdout.IsTruncated);
    }

    private async Task<SandboxResult> AskAsync(
        IEnumerable<string> arguments, WorkspacePath place, IEnumerable<string> filters, AIFunctionArguments call, CancellationToken cancellationToken)
    {
        // Without a program a filter leaves files as they are, unless it is required.
        var overrides = Settings.Concat(filters.Select(name =>
            (Name: name, Value: name.EndsWith(".required", StringComparison.OrdinalIgnoreCase) ? "false" : ""))).ToList();
        var environment = Variables.ToDictionary(variable => variable.Name, variable => variable.Value);
        environment["GIT_CONFIG_COUNT"] = overrides.Count.ToString(CultureInfo.InvariantCulture);
        for (var i = 0; i < overrides.Count; i++)
            (environment[$"GIT_CONFIG_KEY_{i}"], environment[$"GIT_CONFIG_VALUE_{i}"]) = overrides[i];

        var request = new SandboxRequest([Program, .. arguments]) { WorkingDirectory = place, Environment = environment };
        var result = await runner.ReadAsync(request, call, cancellationToken);
        return result.ExitCode == 0 ? result : throw new ToolException($"git failed: {result.Stderr.ToString().Trim()}");
    }
}
