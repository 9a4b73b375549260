using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ToolService.Core.Tools.Mcp.Transport;

namespace ToolService.Core.Tools.Mcp.Sessions;

/// <summary>A session with a server, from its handshake to its end.</summary>
internal sealed class McpSession(McpClient client, McpCalls calls, SessionFault fault, ServerProcess? process) : IAsyncDisposable
{
    /// <summary>The member of a call's <c>_meta</c> that holds its id, by which a server can tell a repetition.</summary>
    public const string CallIdKey = "toolservice/call_id";

    private const string StatelessVersion = "2026-07-28";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Whether the session is over.</summary>
    public bool IsOver => client.Completion.IsCompleted || fault.Reason is not null || process?.ExitCode is not null;

    /// <summary>The SDK's client.</summary>
    public McpClient Client => client;

    /// <summary>Why the service itself gave the session up; null where it did not.</summary>
    public string? Fault => fault.Reason;

    public async Task<CallToolResult> CallAsync(
        string tool, IReadOnlyDictionary<string, object?> arguments, McpCall call, CancellationToken cancellationToken)
    {
        McpCall.Current = call;
        calls.Add(call);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, fault.Token);
        try
        {
            return await client.CallToolAsync(tool, arguments, call, Options(call), either.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            McpCall.Current = null;
            _ = TellCancelledAsync(call);
            throw;
        }
        finally
        {
            calls.Remove(call);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The session's own goodbye is a request that the server may leave unanswered.
        await client.DisposeAsync().AsTask().WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (process is not null)
            await process.DisposeAsync();
        fault.Dispose();
    }

    private static RequestOptions Options(McpCall call) =>
        new() { Meta = call.Running is { } running ? new JsonObject { [CallIdKey] = running.CallId } : null };

    /// <summary>Over HTTP the SDK only goes away from a request that is under way; servers before 2026-07-28 do not take that for a cancellation.</summary>
    private async Task TellCancelledAsync(McpCall call)
    {
        if (call.Request is not { } request || call.IsCancelledThere || IsOver || HeedsDisconnection())
            return;

        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await client.SendNotificationAsync(
                NotificationMethods.CancelledNotification,
                new CancelledNotificationParams { RequestId = request, Reason = "Nobody waits for the result any longer." },
                McpJsonUtilities.DefaultOptions,
                patience.Token);
        }
        catch (Exception)
        {
            // A courtesy; the call is over either way.
        }
    }

    private bool HeedsDisconnection() =>
        process is null && string.CompareOrdinal(client.NegotiatedProtocolVersion, StatelessVersion) >= 0;
}
