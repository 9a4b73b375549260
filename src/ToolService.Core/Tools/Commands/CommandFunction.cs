using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Tools.Sandbox;
using ToolService.Core.Tools.Sandbox.Files;

namespace ToolService.Core.Tools.Commands;

/// <summary>A command of the operator's as a function.</summary>
internal sealed class CommandFunction(string name, CommandToolOptions options, CommandRunner runner, ICommandSecrets secrets) : AIFunction
{
    private readonly CommandTemplate _command = new(options.Command, options.AllowOptions);
    private readonly TextTemplate? _stdin = options.Stdin is { } stdin ? TextTemplate.Parse(stdin) : null;

    public override string Name => name;

    public override string Description => options.Description;

    public override JsonElement JsonSchema { get; } = CommandSchema.Of(options);

    /// <summary>What is run, for whoever confirms it; secrets are named only.</summary>
    public string Target => JsonSerializer.Serialize(
        new { options.Command, options.WorkingDirectory, options.Environment, options.Stdin, options.AllowOptions }, ToolJson.Options);

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        var values = arguments.Where(argument => argument.Value is JsonElement)
            .ToDictionary(argument => argument.Key, argument => (JsonElement)argument.Value!);
        var request = new SandboxRequest(_command.Fill(values))
        {
            Environment = options.Environment.ToDictionary(variable => variable.Key, variable => secrets.Fill(variable.Value)),
            Input = Encoding.UTF8.GetBytes(string.Join('\n', _stdin?.Fill(values) ?? [])),
            WorkingDirectory = WorkspacePath.Parse(options.WorkingDirectory),
            IsReadOnly = options.ReadOnly,
            Timeout = options.Timeout,
        };
        try
        {
            var result = await runner.RunAsync(request, arguments, cancellationToken);
            return result with { Stdout = secrets.Redact(result.Stdout), Stderr = secrets.Redact(result.Stderr) };
        }
        catch (ToolException e) when (secrets.Redact(e.Message) is var message && message != e.Message)
        {
            // The message of a command that was killed ends with what it printed. Its cause would be logged as it is.
            throw new ToolException(message);
        }
    }
}
