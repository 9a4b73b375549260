using Microsoft.Extensions.AI;
using ToolService.Core.Models;
using ToolService.Core.Models.OpenAIChat;
using ToolService.Testing;

namespace ToolService.Core.Tests.Models.OpenAIChat;

internal static class Clients
{
    public const string Key = "sk-secret-key-1234";

    public static OpenAIChatClient For(ScriptedModelServer server, TimeProvider? time = null, TimeSpan? timeout = null) =>
        For(server.BaseUrl, time, timeout);

    public static OpenAIChatClient For(Uri baseUrl, TimeProvider? time = null, TimeSpan? timeout = null) => new(
        "local",
        new ModelEndpointOptions { BaseUrl = baseUrl, ApiKey = Key, Model = "qwen3", Timeout = timeout ?? TimeSpan.FromMinutes(5) },
        new SocketsHttpHandler { AllowAutoRedirect = false },
        time ?? TimeProvider.System);

    public static async Task<ChatResponse> AskAsync(this IChatClient client, bool stream, string text = "hi", ChatOptions? options = null)
    {
        var token = TestContext.Current.CancellationToken;
        ChatMessage[] messages = [new(ChatRole.User, text)];
        return stream
            ? await client.GetStreamingResponseAsync(messages, options, token).ToChatResponseAsync(token)
            : await client.GetResponseAsync(messages, options, token);
    }

    public static IReadOnlyList<FunctionCallContent> Calls(this ChatResponse response) =>
        [.. response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>()];
}
