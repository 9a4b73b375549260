using Microsoft.Extensions.AI;

namespace ToolService.Core.Tests.Models;

internal static class Asking
{
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
