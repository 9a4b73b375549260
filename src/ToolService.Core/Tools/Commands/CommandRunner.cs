using System.Text;
using Microsoft.Extensions.AI;
using ToolService.Core.Tools.Sandbox;
using ToolService.Core.Tools.Sandbox.Files;

namespace ToolService.Core.Tools.Commands;

/// <summary>Runs commands in the workspace of the call that asks for them.</summary>
internal sealed class CommandRunner(CommandSandbox sandbox, Workspaces workspaces)
{
    // The sandbox keeps the time itself, and says what it did; the tool's own limit is for the case that it does not.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(15);

    /// <summary>The time limit of tools that run commands.</summary>
    public TimeSpan ToolTimeout => sandbox.Limits.Timeout + Margin;

    /// <summary>Runs a command and tells what it changed.</summary>
    /// <exception cref="ToolException">A limit ended it, or there is no room for it.</exception>
    public async Task<CommandResult> RunAsync(SandboxRequest request, AIFunctionArguments call, CancellationToken cancellationToken)
    {
        using var workspace = workspaces.Of(call);
        if (!request.IsReadOnly && workspace.Measure().Excess(workspace.Limits) is { } excess)
            throw new ToolException($"The command did not run: {excess}. Delete what is no longer needed.");

        var before = request.IsReadOnly ? null : ChangedFiles.Look(workspace);
        var result = await RunAsync(request with { Workspace = workspace }, cancellationToken);
        return CommandResult.Of(result, before is null ? null : ChangedFiles.Between(before, ChangedFiles.Look(workspace)));
    }

    /// <summary>Runs a program's text, which its interpreter reads from standard input.</summary>
    /// <inheritdoc cref="RunAsync(SandboxRequest, AIFunctionArguments, CancellationToken)"/>
    public Task<CommandResult> RunCodeAsync(
        IReadOnlyList<string> interpreter, string code, int? timeoutSeconds, AIFunctionArguments call, CancellationToken cancellationToken)
    {
        var request = new SandboxRequest(interpreter)
        {
            Input = Encoding.UTF8.GetBytes(code),
            Timeout = timeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
        return RunAsync(request, call, cancellationToken);
    }

    /// <summary>Runs a command that only reads.</summary>
    public async Task<SandboxResult> ReadAsync(SandboxRequest request, AIFunctionArguments call, CancellationToken cancellationToken)
    {
        using var workspace = workspaces.Of(call);
        return await RunAsync(request with { Workspace = workspace, IsReadOnly = true }, cancellationToken);
    }

    /// <summary>Finds out whether commands can be run at all.</summary>
    /// <exception cref="ToolException">They cannot; the message says to the operator why.</exception>
    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SandboxProbe.RunAsync(sandbox, workspaces, cancellationToken);
        }
        catch (SandboxUnavailableException e)
        {
            throw new ToolException($"Commands are not available on this machine. {e.Message}", e);
        }
    }

    private async Task<SandboxResult> RunAsync(SandboxRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await sandbox.RunAsync(request, cancellationToken);
        }
        catch (SandboxUnavailableException e)
        {
            // The cause names folders of this machine.
            throw new ToolException("The sandbox could not be started; the operator finds the reason in the log.", e);
        }
    }
}
