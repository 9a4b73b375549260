using Microsoft.Extensions.AI;
using ToolService.Core.Tools.Sandbox;
using ToolService.Core.Tools.Sandbox.Files;

namespace ToolService.Core.Tools.Commands;

/// <summary>Finds the workspace of a call: its session's, or its owner's where it has none.</summary>
internal static class CallWorkspaces
{
    private const string Nobody = "nobody";

    /// <exception cref="ToolException">It cannot be opened.</exception>
    public static Workspace Of(this Workspaces workspaces, AIFunctionArguments call)
    {
        var running = call.Running();
        try
        {
            return workspaces.Open(running?.Owner ?? Nobody, running?.SessionId);
        }
        catch (SandboxUnavailableException e)
        {
            throw new ToolException("The workspace cannot be opened; the operator finds the reason in the log.", e);
        }
    }
}
