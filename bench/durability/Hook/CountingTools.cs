using Microsoft.Extensions.AI;
using ToolService.Core.Tools;

namespace ToolService.Durability.Hook;

/// <summary>A tool of each kind. What they do is to tell the harness, in another process, that they were run, under which call id.</summary>
internal static class CountingTools
{
    private static readonly HttpClient Client = new() { Timeout = Timeout.InfiniteTimeSpan };

    public static IEnumerable<Tool> All() =>
    [
        Counting(ToolKinds.Unsafe, new ToolPolicy()),
        Counting(ToolKinds.Held, new ToolPolicy()),
        Counting(ToolKinds.Idempotent, new ToolPolicy { Idempotent = true }),
        Counting(ToolKinds.ReadOnly, new ToolPolicy { ReadOnly = true }),
        Counting(ToolKinds.Confirmed, new ToolPolicy { Destructive = true, RequiresConfirmation = true }),
    ];

    private static Tool Counting(string kind, ToolPolicy policy) => ToolFactory.FromMethod(
        async (string item, AIFunctionArguments arguments, CancellationToken cancellationToken) =>
        {
            var call = arguments.Running()!;
            var server = Environment.GetEnvironmentVariable(HookVariables.Tools);
            using var answer = await Client.PostAsync($"{server}/{kind}?call_id={call.CallId}&item={item}", null, cancellationToken);
            return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken);
        },
        kind,
        "Counts its calls.",
        policy);
}
