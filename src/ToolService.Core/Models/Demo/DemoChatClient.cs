using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Models.Demo;

/// <summary>
/// Answers without a model: it picks among the offered tools by words in the user's last message, then puts their results into sentences.
/// The same messages give the same answer. It counts no tokens, so it reports no usage.
/// </summary>
internal sealed class DemoChatClient : IChatClient
{
    /// <summary>What answers name as their model.</summary>
    public const string ModelId = "demo (offline keyword matcher, not a language model)";

    private const int MaxCalls = 8;
    private const int ChunkLength = 24;
    // Keywords are looked for with regular expressions, whose time grows faster than the text.
    private const int MaxReadLength = 8000;
    private static readonly ChatClientMetadata Metadata = new("demo", providerUri: null, ModelId);

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        var history = messages.ToList();
        var question = history.FindLastIndex(message => message.Role == ChatRole.User);
        var text = question < 0 ? "" : history[question].Text;
        text = text.Length > MaxReadLength ? text[..MaxReadLength] : text;
        var round = history.Skip(question + 1).ToList();
        var calls = round.Count > 0 ? [] : Calls(text, options, question);
        if (calls.Count > 0)
        {
            yield return Update(calls, ChatFinishReason.ToolCalls);
            yield break;
        }

        var answer = round.Count > 0 ? DemoAnswer.Write(round) : DemoAnswer.Help(Offered(options));
        foreach (var chunk in answer.Chunk(ChunkLength))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Update([new TextContent(new string(chunk))]);
        }

        yield return Update([], ChatFinishReason.Stop);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType.IsInstanceOfType(this) ? this
        : serviceType.IsInstanceOfType(Metadata) ? Metadata
        : null;

    public void Dispose()
    {
    }

    private static IReadOnlyList<AIFunctionDeclaration> Offered(ChatOptions? options) =>
        options?.ToolMode is NoneChatToolMode ? [] : [.. options?.Tools?.OfType<AIFunctionDeclaration>() ?? []];

    // The question's place makes the ids unique in a conversation and the same whenever it is repeated.
    private static List<AIContent> Calls(string text, ChatOptions? options, int question)
    {
        var calls = DemoPlan.Make(text, Offered(options)).Take(options?.AllowMultipleToolCalls is false ? 1 : MaxCalls);
        return [.. calls.Select((call, place) => Call($"call_demo_{question}_{place}", call.Tool, call.Arguments))];
    }

    private static FunctionCallContent Call(string id, string tool, JsonObject arguments) =>
        ToolCallArguments.ToCall(id, tool, arguments.ToJsonString(JsonSerializerOptions.Web));

    private static ChatResponseUpdate Update(IList<AIContent> contents, ChatFinishReason? finishReason = null) =>
        new(ChatRole.Assistant, contents) { ModelId = ModelId, FinishReason = finishReason };
}
