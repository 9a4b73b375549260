using Microsoft.Extensions.AI;
using ToolService.Core.Models;
using ToolService.Core.Models.OpenAIResponses;
using ToolService.Testing;

namespace ToolService.Core.Tests.Models.OpenAIResponses;

internal static class Clients
{
    public const string Key = "sk-secret-key-1234";

    public static OpenAIResponsesClient For(ScriptedModelServer server, string model = "gpt-5-mini") => new(
        "cloud",
        new ModelEndpointOptions { Api = ModelApi.OpenAIResponses, BaseUrl = server.BaseUrl, ApiKey = Key, Model = model },
        new SocketsHttpHandler { AllowAutoRedirect = false },
        TimeProvider.System);

    /// <summary>What the client makes of an answer.</summary>
    public static async Task<ChatResponse> AskAsync(bool stream, ScriptedReply reply)
    {
        await using var server = await ScriptedModelServer.StartAsync(_ => reply);
        using var client = For(server);
        return await client.AskAsync(stream);
    }

    /// <summary>What the client makes of these events.</summary>
    public static Task<ChatResponse> AskAsync(params string[] events) => AskAsync(stream: true, Events(events));

    /// <summary>A stream of these events, each its JSON, that ends as the last one does.</summary>
    public static ScriptedReply Events(params string[] events) =>
        ScriptedReply.Raw("text/event-stream", string.Concat(events.Select(data => $"data: {data}\n\n")));

    /// <summary>What the client sends.</summary>
    public static async Task<RecordedRequest> SentAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, bool stream = false)
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Text("ok"));
        using var client = For(server);
        var token = TestContext.Current.CancellationToken;
        _ = stream
            ? await client.GetStreamingResponseAsync(messages, options, token).ToChatResponseAsync(token)
            : await client.GetResponseAsync(messages, options, token);
        return Assert.Single(server.Requests);
    }
}
