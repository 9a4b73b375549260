using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Tools.Commands;

/// <summary>Runs JavaScript.</summary>
internal sealed class JavaScriptTools(CommandRunner runner)
{
    public const string Program = "node";

    [Tool("execute_javascript", Destructive = true, Tags = ["commands", "code"])]
    [Description("Runs JavaScript (Node.js, CommonJS) code in a sandbox without network, in the session's workspace, and returns exit code and output. "
        + "Only what the code prints is returned. Files that it writes in the working directory stay; everything else is gone when it ends.")]
    public Task<CommandResult> ExecuteJavaScriptAsync(
        AIFunctionArguments call,
        [Description("The program's text.")] string code,
        [Description("How many seconds it may take. Left out: as many as the service allows.")]
        [Range(1, 3_600)]
        int? timeoutSeconds = null,
        CancellationToken cancellationToken = default) =>
        runner.RunCodeAsync([Program, "--no-warnings", "-"], code, timeoutSeconds, call, cancellationToken);
}
