using System.Text.Json.Nodes;
using ToolService.Api.Hosting.Errors;
using ToolService.Api.Hosting.Json;
using ToolService.Core.Execution;

namespace ToolService.Api.Admin;

internal static class StoppedProblems
{
    /// <summary>That the service is stopped, why and since when. What was asked for left no trace and can be sent again.</summary>
    public static ProblemResult Of(ServiceState state) => Problems.Unavailable(
        "stopped",
        state.IsStopped
            ? $"{state.Explain()} Nothing runs until it is started again."
            : "The service was stopped, and has been started again meanwhile.",
        extensions: new JsonObject { ["reason"] = state.Reason, ["since"] = WireTime.Of(state.Since) });
}
