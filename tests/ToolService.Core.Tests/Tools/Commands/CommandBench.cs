using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using ToolService.Core.Tests.Tools.Sandbox;
using ToolService.Core.Tools;
using ToolService.Core.Tools.Commands;
using ToolService.Core.Tools.Secrets;
using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Tests.Tools.Commands;

/// <summary>The tools that a configuration gives, over a real sandbox and a real workspace.</summary>
internal sealed class CommandBench : IDisposable
{
    private readonly SandboxBench _sandbox = SandboxBench.Create();
    private readonly CommandOptions _options = new();
    private readonly ICommandSecrets _secrets;

    public CommandBench(Action<CommandOptions> configure, ICommandSecrets? secrets = null)
    {
        configure(_options);
        _secrets = secrets ?? new CommandSecrets(new SecretStore(new SecretSettings()));
        var validation = new CommandOptionsValidation().Validate(null, _options);
        Assert.False(validation.Failed, validation.FailureMessage);
    }

    /// <summary>Where the calls' workspace is on this machine.</summary>
    public string Folder
    {
        get
        {
            using var workspace = _sandbox.Workspaces.Open("nobody", null);
            return workspace.HostPath;
        }
    }

    public async Task<SourceTools> LoadAsync()
    {
        await using CommandToolSource commands = new(Options.Create(_options), new CommandRunner(_sandbox.Sandbox, _sandbox.Workspaces), _secrets);
        await using WorkspaceToolSource files = new(_sandbox.Workspaces, TimeProvider.System);
        var loaded = await commands.LoadAsync(SandboxBench.Cancellation);
        return loaded with { Tools = [.. loaded.Tools, .. (await files.LoadAsync(SandboxBench.Cancellation)).Tools] };
    }

    public async Task<Tool> ToolAsync(string name) => (await LoadAsync()).Tools.Single(tool => tool.Name == name);

    /// <summary>Calls a tool with arguments that its schema takes; the result as JSON.</summary>
    public async Task<JsonElement> CallAsync(string name, string arguments = "{}")
    {
        var tool = await ToolAsync(name);
        var json = JsonElement.Parse(arguments);
        Assert.Empty(tool.Schema.Validate(json));
        AIFunctionArguments call = new(json.EnumerateObject().ToDictionary(member => member.Name, member => (object?)member.Value));
        return JsonSerializer.SerializeToElement(await tool.Function.InvokeAsync(call, SandboxBench.Cancellation), ToolJson.Options);
    }

    public async Task<string> FailAsync(string name, string arguments) =>
        (await Assert.ThrowsAsync<ToolException>(() => CallAsync(name, arguments))).Message;

    public void Dispose() => _sandbox.Dispose();
}
