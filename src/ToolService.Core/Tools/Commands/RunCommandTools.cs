using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.Extensions.AI;
using ToolService.Core.Tools.Sandbox;
using ToolService.Core.Tools.Sandbox.Files;

namespace ToolService.Core.Tools.Commands;

/// <summary>Runs the commands that the operator allows.</summary>
internal sealed class RunCommandTools(CommandRunner runner, CommandRules rules)
{
    [Tool("run_command", Destructive = true, Tags = ["commands"])]
    [Description("Runs a program in a sandbox without network, in the session's workspace, and returns exit code and output. There is no shell: "
        + "no pipes, redirections, variables or wildcards. Only some programs are allowed; a refused call lists them.")]
    public Task<CommandResult> RunCommandAsync(
        AIFunctionArguments call,
        [Description("The program and its arguments, each its own item, such as [\"grep\", \"-rn\", \"to do\", \"src\"].")]
        [MinLength(1)]
        [MaxLength(1_000)]
        IReadOnlyList<string> command,
        [Description("What the program reads from its standard input. Left out: nothing.")] string? stdin = null,
        [Description("The folder in the workspace to start in. Left out: the workspace itself.")] string? workingDirectory = null,
        [Description("How many seconds it may take. Left out: as many as the service allows.")]
        [Range(1, 3_600)]
        int? timeoutSeconds = null,
        CancellationToken cancellationToken = default)
    {
        rules.Check(command);
        var request = new SandboxRequest(command)
        {
            Input = Encoding.UTF8.GetBytes(stdin ?? ""),
            WorkingDirectory = WorkspacePath.Parse(workingDirectory ?? "."),
            Timeout = timeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
        return runner.RunAsync(request, call, cancellationToken);
    }
}
