using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Models.Wire;

namespace ToolService.Core.Models.OpenAIResponses;

/// <summary>
/// One answer as it arrives: the events of a stream, or the whole response at once. Text is passed on as it comes. Everything else keeps its place
/// among the items but is held back until text follows it or the answer ends: while nothing was passed on, a broken stream can be asked for again.
/// </summary>
internal sealed class ResponsesAnswer(string origin, ProviderErrors errors) : IWireAnswer
{
    private readonly ResponseItems _items = new(origin);
    private string? _id;
    private string? _model;
    private DateTimeOffset? _createdAt;
    private string? _status;
    private string? _incompleteReason;
    private UsageDetails? _usage;

    public bool IsOver => _status is not null;

    public bool MayEnd(bool isDone) => IsOver;

    public ChatResponseUpdate? Add(JsonElement data)
    {
        switch (data.Text("type"))
        {
            case "response.created":
                Describe(data.Member("response"));
                break;
            case "response.output_item.added":
                _items.At(data, null).Take(data.Member("item"), isWhole: false);
                break;
            case "response.output_item.done":
                _items.At(data, null).Take(data.Member("item"), isWhole: true);
                break;
            case "response.output_text.delta" or "response.refusal.delta" when data.Text("delta") is { Length: > 0 } text:
                return Update(_items.Say(data, text));
            case "response.function_call_arguments.delta":
                _items.At(data, ResponseItem.Call).Append(data.Text("delta"));
                break;
            case "response.function_call_arguments.done":
                _items.At(data, ResponseItem.Call).Finish(data.Text("arguments"));
                break;
            case "response.completed":
                End(data.Member("response"), "completed");
                break;
            case "response.incomplete":
                End(data.Member("response"), "incomplete");
                break;
            case "response.failed":
                throw errors.FromError(data.Member("response").Member("error"));
            case "error":
                throw errors.FromError(data);
        }

        return null;
    }

    public ChatResponseUpdate? AddWhole(JsonElement document)
    {
        if (document.Member("output").ValueKind is not JsonValueKind.Array)
            throw errors.Malformed();
        var status = document.Text("status") ?? "completed";
        if (status is "failed" or "cancelled")
            throw errors.FromError(default);
        End(document, status);
        return null;
    }

    public ChatResponseUpdate Complete()
    {
        var contents = _items.Rest();
        var finishReason = FinishReason();
        if (_usage is not null)
            contents.Add(new UsageContent(_usage));
        var update = Update(contents);
        update.FinishReason = finishReason;
        return update;
    }

    private void Describe(JsonElement response)
    {
        _id ??= response.Text("id") is { Length: > 0 } id ? id : null;
        _model ??= response.Text("model");
        _createdAt ??= response.UnixTime("created_at");
    }

    private void End(JsonElement response, string status)
    {
        Describe(response);
        _status = status;
        _incompleteReason = response.Member("incomplete_details").Text("reason");
        _usage = TokenUsage.Read(response.Member("usage"), "input", "output");
        _items.Settle(response.Items("output"));
    }

    private ChatFinishReason? FinishReason() => _status switch
    {
        "incomplete" => _incompleteReason is "content_filter" ? ChatFinishReason.ContentFilter : ChatFinishReason.Length,
        _ when _items.HaveCalls => ChatFinishReason.ToolCalls,
        "completed" => ChatFinishReason.Stop,
        _ => null,
    };

    private ChatResponseUpdate Update(IList<AIContent> contents) => new(ChatRole.Assistant, contents)
    {
        ResponseId = _id,
        MessageId = _id,
        ModelId = _model,
        CreatedAt = _createdAt,
    };
}
