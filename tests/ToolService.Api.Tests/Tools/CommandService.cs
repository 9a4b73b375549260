using ToolService.Api.Tests.Hosting;
using ToolService.Core.Tests.Tools.Sandbox;
using ToolService.Core.Tools.Sandbox;

namespace ToolService.Api.Tests.Tools;

/// <summary>Settings that turn the commands on, with workspaces in a folder that goes with the test.</summary>
internal sealed class CommandService : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public CommandService()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The sandbox needs Linux.");
        Assert.SkipWhen(Programs.Find("bwrap") is null, "bubblewrap is not installed.");
        Assert.SkipWhen(Programs.Find("python3") is null, "python3 is not installed.");
        Permissions.Set(_folder.Path, Permissions.Passable);
    }

    /// <summary>Where the workspaces are.</summary>
    public string Root => Path.Combine(_folder.Path, "workspaces");

    public (string Name, string Value)[] Settings =>
    [
        ("Workspace:Root", Root),
        ("Commands:Enabled:0", "files"), ("Commands:Enabled:1", "python"), ("Commands:Enabled:2", "run"),
        ("Commands:Allow:0:Command", "echo"), ("Commands:Allow:0:Arguments:0", "..."),
        ("Commands:Tools:count_words:Description", "Counts words."),
        ("Commands:Tools:count_words:Command:0", "wc"), ("Commands:Tools:count_words:Command:1", "-w"),
        ("Commands:Tools:count_words:Stdin", "{text}"),
        ("Commands:Tools:count_words:Parameters:text:Required", "true"),
        ("Commands:Tools:count_words:Environment:LC_ALL", "C"),
        ("Commands:Tools:count_words:ReadOnly", "true"),
    ];

    public Task<TestService> StartAsync(params (string Name, string Value)[] more) =>
        TestService.StartAsync(Settings.Concat(more).ToDictionary(setting => setting.Name, setting => setting.Value));

    public void Dispose() => _folder.Dispose();
}
