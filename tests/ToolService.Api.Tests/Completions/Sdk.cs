using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Models;

namespace ToolService.Api.Tests.Completions;

/// <summary>OpenAI's own client, pointed at the service. It tries nothing again by itself.</summary>
internal static class Sdk
{
    public const string LookUp = "look_up";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A client for chat completions.</summary>
    public static ChatClient ChatClient(this TestService service, string model = "scripted", string key = "none") =>
        new(model, new ApiKeyCredential(key), Options(service));

    /// <summary>A client for the list of models.</summary>
    public static OpenAIModelClient ModelClient(this TestService service) => new(new ApiKeyCredential("none"), Options(service));

    /// <summary>What a request offers: tools that the test runs, which take a <c>key</c>.</summary>
    public static ChatCompletionOptions Offering(params string[] tools)
    {
        var options = new ChatCompletionOptions();
        foreach (var tool in tools)
            options.Tools.Add(ChatTool.CreateFunctionTool(
                tool, "Looks something up.", BinaryData.FromString("""{"type":"object","properties":{"key":{"type":"string"}},"required":["key"]}""")));
        return options;
    }

    /// <summary>Asks, and adds the answer to the conversation, as clients do.</summary>
    public static async Task<ChatCompletion> AskAsync(this ChatClient client, List<ChatMessage> conversation, ChatCompletionOptions? options = null)
    {
        ChatCompletion completion = await client.CompleteChatAsync(conversation, options, Cancellation);
        conversation.Add(new AssistantChatMessage(completion));
        return completion;
    }

    public static string Text(this ChatCompletion completion) => string.Concat(completion.Content.Select(part => part.Text));

    /// <summary>The JSON that the answer came as.</summary>
    public static System.Text.Json.JsonElement Raw(this ClientResult result) =>
        System.Text.Json.JsonElement.Parse(result.GetRawResponse().Content.ToString());

    private static OpenAIClientOptions Options(TestService service) =>
        new() { Endpoint = new Uri(service.Address, "v1"), RetryPolicy = new ClientRetryPolicy(0) };
}
