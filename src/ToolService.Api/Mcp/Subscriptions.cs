using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using ToolService.Core.Tools;

namespace ToolService.Api.Mcp;

/// <summary>
/// <c>subscriptions/listen</c>: a stream that tells a client when lists have changed, for as long as it stays. It begins with what the
/// client is told of, and ends with the client or the service.
/// </summary>
internal sealed class Subscriptions(ToolRegistry registry, IHostApplicationLifetime lifetime)
{
    private const string IdKey = "io.modelcontextprotocol/subscriptionId";
    private const int MaxUnsent = 16;

    public async ValueTask<EmptyResult> ListenAsync(
        RequestContext<SubscriptionsListenRequestParams> request, CancellationToken cancellationToken)
    {
        var server = request.Server;
        var wanted = request.Params.Notifications;
        var (prompts, resources) = (server.ServerOptions.PromptCollection, server.ServerOptions.ResourceCollection);
        var granted = new SubscriptionsListenNotifications
        {
            ToolsListChanged = wanted.ToolsListChanged is true ? true : null,
            PromptsListChanged = wanted.PromptsListChanged is true && prompts is not null ? true : null,
            ResourcesListChanged = wanted.ResourcesListChanged is true && resources is not null ? true : null,
        };

        // A client that reads slowly hears of the last changes: each says only that the list is another one now.
        var changes = Channel.CreateBounded<string>(new BoundedChannelOptions(MaxUnsent) { FullMode = BoundedChannelFullMode.DropOldest });
        void ToolsChanged() => changes.Writer.TryWrite(NotificationMethods.ToolListChangedNotification);
        void PromptsChanged(object? sender, EventArgs e) => changes.Writer.TryWrite(NotificationMethods.PromptListChangedNotification);
        void ResourcesChanged(object? sender, EventArgs e) => changes.Writer.TryWrite(NotificationMethods.ResourceListChangedNotification);

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        if (granted.ToolsListChanged is true)
            registry.Changed += ToolsChanged;
        if (granted.PromptsListChanged is true)
            prompts!.Changed += PromptsChanged;
        if (granted.ResourcesListChanged is true)
            resources!.Changed += ResourcesChanged;
        var id = request.JsonRpcRequest.Id;
        try
        {
            var list = JsonSerializer.SerializeToNode(
                granted, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(SubscriptionsListenNotifications)));
            await SendAsync(
                server, id, NotificationMethods.SubscriptionsAcknowledgedNotification, new JsonObject { ["notifications"] = list },
                ending.Token);
            await foreach (var method in changes.Reader.ReadAllAsync(ending.Token))
                await SendAsync(server, id, method, [], ending.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The client is told that it ended, and may listen at the next replica.
        }
        finally
        {
            registry.Changed -= ToolsChanged;
            if (prompts is not null)
                prompts.Changed -= PromptsChanged;
            if (resources is not null)
                resources.Changed -= ResourcesChanged;
        }

        return new EmptyResult { Meta = Meta(id) };
    }

    private static Task SendAsync(McpServer server, RequestId id, string method, JsonObject parameters, CancellationToken cancellationToken)
    {
        parameters["_meta"] = Meta(id);
        return server.SendMessageAsync(new JsonRpcNotification { Method = method, Params = parameters }, cancellationToken);
    }
    private static JsonObject Meta(RequestId id) =>
        new() { [IdKey] = id.Id is long number ? JsonValue.Create(number) : JsonValue.Create(id.ToString()) };
}
