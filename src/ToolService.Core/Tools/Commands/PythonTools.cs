using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Tools.Commands;

/// <summary>Runs Python.</summary>
internal sealed class PythonTools(CommandRunner runner)
{
    public const string Program = "python3";

    [Tool("execute_python", Destructive = true, Tags = ["commands", "code"])]
    [Description("Runs Python 3 code in a sandbox without network, in the session's workspace, and returns exit code and output. "
        + "Only what the code prints is returned. Files that it writes in the working directory stay; everything else is gone when it ends.")]
    public Task<CommandResult> ExecutePythonAsync(
        AIFunctionArguments call,
        [Description("The program's text.")] string code,
        [Description("How many seconds it may take. Left out: as many as the service allows.")]
        [Range(1, 3_600)]
        int? timeoutSeconds = null,
        CancellationToken cancellationToken = default) =>
        runner.RunCodeAsync([Program, "-B", "-"], code, timeoutSeconds, call, cancellationToken);
}
