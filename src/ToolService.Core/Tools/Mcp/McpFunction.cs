using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Tools.Mcp.Listing;
using ToolService.Core.Tools.Mcp.Sessions;

namespace ToolService.Core.Tools.Mcp;

/// <summary>A server's tool, to be called.</summary>
internal sealed class McpFunction(
    string name, RemoteTool tool, McpResults results, string server, McpConnection connection, SemaphoreSlim? slots, ToolPolicy policy)
    : AIFunction
{
    public override string Name => name;

    public override string Description => tool.Description;

    public override JsonElement JsonSchema => tool.InputSchema;

    public override JsonElement? ReturnJsonSchema => tool.OutputSchema;

    public override IReadOnlyDictionary<string, object?> AdditionalProperties { get; } =
        tool.Title is { } title ? new Dictionary<string, object?> { ["title"] = title } : [];

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        if (slots is not null)
            await slots.WaitAsync(cancellationToken);
        try
        {
            return await CallAsync(arguments, cancellationToken);
        }
        finally
        {
            slots?.Release();
        }
    }

    private async Task<object?> CallAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        var sent = arguments.ToDictionary();
        for (var isRepeated = false; ; isRepeated = true)
        {
            var session = await connection.GetAsync(force: false, cancellationToken);
            var call = new McpCall(arguments.Running());
            try
            {
                return results.Read(await session.CallAsync(tool.Name, sent, call, cancellationToken));
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw;
            }
            catch (Exception e) when (e is not ToolException)
            {
                if (call.HasNotRun || session.IsOver)
                    connection.Drop(session);
                if (!call.HasNotRun || isRepeated)
                    throw McpFailure.OfCall(e, server, session.Fault, arguments.Policy(policy).MayRunAgain || call.HasNotRun);
            }
        }
    }
}
