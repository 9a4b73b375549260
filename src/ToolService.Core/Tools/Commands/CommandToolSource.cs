using Microsoft.Extensions.Options;
using ToolService.Core.Tools.Sandbox;
using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Tools.Commands;

/// <summary>The tools that run something: there are some where the sandbox stands, and none where it does not.</summary>
internal sealed class CommandToolSource(IOptions<CommandOptions> options, CommandRunner runner, ICommandSecrets secrets) : IToolSource
{
    private readonly CommandOptions _options = options.Value;

    public event Action? Changed
    {
        add { }
        remove { }
    }

    public string Name => "commands";

    public string Kind => "command";

    public string? Prefix => null;

    public bool IsForeign => false;

    /// <summary>Whether configuration asks for any of its tools.</summary>
    public static bool IsWanted(CommandOptions options) =>
        options.Tools.Count > 0 || options.Enabled.Exists(group => !group.Equals(CommandGroups.Files, StringComparison.OrdinalIgnoreCase));

    public async Task<SourceTools> LoadAsync(CancellationToken cancellationToken)
    {
        await runner.ProbeAsync(cancellationToken);
        List<Tool> tools = [];
        List<SkippedTool> skipped = [];
        if (_options.Has(CommandGroups.Run))
            tools.AddRange(Tools(new RunCommandTools(runner, new CommandRules(_options))));
        Add(CommandGroups.Git, GitRunner.Program, () => new GitTools(new GitRunner(runner)));
        Add(CommandGroups.Python, PythonTools.Program, () => new PythonTools(runner));
        Add(CommandGroups.JavaScript, JavaScriptTools.Program, () => new JavaScriptTools(runner));
        foreach (var (name, tool) in _options.Tools)
        {
            if (tool.Environment.Values.Select(secrets.Check).FirstOrDefault(wrong => wrong is not null) is { } wrong)
                skipped.Add(new SkippedTool(name, wrong));
            else
                tools.Add(Tool(name, tool));
        }

        return new SourceTools(tools) { Skipped = skipped };

        void Add(string group, string program, Func<object> create)
        {
            if (!_options.Has(group))
                return;
            if (Programs.Find(program) is null)
                skipped.Add(new SkippedTool(group, $"'{program}' is not in {Programs.SearchPath}."));
            else
                tools.AddRange(Tools(create()));
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private IEnumerable<Tool> Tools(object instance) =>
        ToolFactory.FromObject(instance, Name).Select(tool => tool.With(tool.Policy with { Timeout = runner.ToolTimeout }));

    private Tool Tool(string name, CommandToolOptions tool)
    {
        var function = new CommandFunction(name, tool, runner, secrets);
        var policy = new ToolPolicy
        {
            ReadOnly = tool.ReadOnly,
            Idempotent = tool.Idempotent,
            Destructive = tool.Destructive,
            RequiresConfirmation = tool.RequiresConfirmation,
            Volatile = tool.ReadOnly,
            Timeout = runner.ToolTimeout,
        };
        return new Tool(function, policy, Name, ["commands"], function.Target);
    }
}
