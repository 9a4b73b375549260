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

    /// <summary>The texts of the updates. After each, something is done before the next is awaited.</summary>
    public static async Task<IReadOnlyList<string>> ReadTextsAsync(this IChatClient client, Action afterEach)
    {
        List<string> texts = [];
        await foreach (var update in client.GetStreamingResponseAsync("hi", cancellationToken: TestContext.Current.CancellationToken))
        {
            texts.Add(update.Text);
            afterEach();
        }

        return texts;
    }

    public static IReadOnlyList<FunctionCallContent> Calls(this ChatResponse response) =>
        [.. response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>()];
}
