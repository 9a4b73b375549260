using ToolService.Core.Tools;
using ToolService.Core.Tools.Sandbox;
using ToolService.Core.Tools.Sandbox.Files;

namespace ToolService.Core.Tests.Tools.Sandbox;

/// <summary>
/// A sandbox with a workspace of its own; a test that asks for one is skipped where the machine has no bubblewrap or Python.
/// </summary>
internal sealed class SandboxBench : IDisposable
{
    public const string Owner = "tester";

    private readonly string _folder = Directory.CreateTempSubdirectory("toolservice-test-").FullName;

    private SandboxBench(SandboxOptions options, WorkspaceOptions workspaceOptions)
    {
        Permissions.Set(_folder, Permissions.Passable);
        workspaceOptions.Root = Path.Combine(_folder, "workspaces");
        Options = options;
        Workspaces = new Workspaces(Microsoft.Extensions.Options.Options.Create(workspaceOptions), Microsoft.Extensions.Options.Options.Create(options));
        Sandbox = new CommandSandbox(Microsoft.Extensions.Options.Options.Create(options), TimeProvider.System);
        Workspace = Workspaces.Open(Owner, "session");
    }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public SandboxOptions Options { get; }

    public Workspaces Workspaces { get; }

    public CommandSandbox Sandbox { get; }

    public Workspace Workspace { get; }

    /// <summary>A folder of this machine that is none of the sandbox's business.</summary>
    public string PrivateFolder => _folder;

    public static SandboxBench Create(Action<SandboxOptions>? configure = null, Action<WorkspaceOptions>? workspace = null)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The sandbox needs Linux.");
        Assert.SkipWhen(Programs.Find("bwrap") is null, "bubblewrap is not installed.");
        Assert.SkipWhen(Programs.Find("python3") is null, "python3 is not installed.");
        SandboxOptions options = new();
        configure?.Invoke(options);
        WorkspaceOptions workspaceOptions = new();
        workspace?.Invoke(workspaceOptions);
        return new SandboxBench(options, workspaceOptions);
    }

    public Task<SandboxResult> RunAsync(params string[] command) =>
        Sandbox.RunAsync(new SandboxRequest(command) { Workspace = Workspace }, Cancellation);

    public Task<SandboxResult> PythonAsync(string code, CancellationToken? cancellationToken = null) =>
        Sandbox.RunAsync(
            new SandboxRequest(["python3", "-c", code]) { Workspace = Workspace }, cancellationToken ?? Cancellation);

    /// <summary>What a program printed that ended well.</summary>
    public async Task<string> PrintedAsync(string code)
    {
        var result = await PythonAsync(code);
        Assert.True(result.ExitCode == 0, $"Exit code {result.ExitCode}: {result.Stderr}");
        return result.Stdout.ToString().TrimEnd('\n');
    }

    /// <summary>The message with which a limit ended the program.</summary>
    public async Task<string> KilledAsync(string code) =>
        (await Assert.ThrowsAsync<ToolException>(() => PythonAsync(code))).Message;

    public void Dispose()
    {
        Workspace.Dispose();
        Sandbox.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
