using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Execution;
using ToolService.Core.Models;

namespace ToolService.Core.Conversations;

/// <summary>
/// Ties the calls in a model's message to the service's own. Providers reuse their ids from round to round, so every call also gets an id of
/// ours, which is stored with the message: after a restart the same call is found again.
/// </summary>
internal static class FunctionCalls
{
    private const string OwnId = "call_id";
    private const string RawArguments = "raw_arguments";
    private const string CutOff = "cut_off";
    private const string OutcomeUnknown =
        """{"error":{"code":"outcome_unknown","message":"The turn was interrupted before the result of this call was known.","retryable":false}}""";

    // The library's default is indented, which history and model would read as another text than the model's.
    private static readonly JsonSerializerOptions Compact = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    /// <summary>The calls that a message asks for.</summary>
    public static IReadOnlyList<FunctionCallContent> In(ChatMessage message) => [.. message.Contents.OfType<FunctionCallContent>()];

    /// <summary>Gives every call of a fresh message its id, and keeps the text of arguments that are not JSON.</summary>
    /// <param name="message">The message.</param>
    /// <param name="isCut">Whether the model reached its output limit: the message's last call is then cut off, unless its arguments are whole.</param>
    public static void Identify(ChatMessage message, bool isCut = false)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < message.Contents.Count; i++)
        {
            if (message.Contents[i] is not FunctionCallContent call)
                continue;

            var id = Ids.NewCall();
            if (!seen.Add(call.CallId))
                message.Contents[i] = call = Rename(call, id, call.Name);

            call.AdditionalProperties ??= [];
            call.AdditionalProperties[OwnId] = id;
            if (call.Arguments is null && call.RawRepresentation is string raw)
                call.AdditionalProperties[RawArguments] = raw;
        }

        // Without any argument the model may just not have come to them.
        if (isCut && In(message) is [.., { Arguments: null or { Count: 0 } } last])
            last.AdditionalProperties![CutOff] = true;
    }

    /// <summary>
    /// Gives a call whose text is no object the one for which it was taken. The provider is sent that, since it refuses a history without one;
    /// the model's own text stays what the call asks for.
    /// </summary>
    public static void Mend(FunctionCallContent call, string mended)
    {
        call.Arguments = JsonElement.Parse(mended).EnumerateObject()
            .ToDictionary(member => member.Name, object? (member) => member.Value, StringComparer.Ordinal);
        call.RawRepresentation = mended;
        call.Exception = null;
    }

    /// <summary>The same call under another id of the provider's, and another name.</summary>
    public static FunctionCallContent Rename(FunctionCallContent call, string id, string name) => new(id, name, call.Arguments)
    {
        Exception = call.Exception,
        RawRepresentation = call.RawRepresentation,
        AdditionalProperties = call.AdditionalProperties,
    };

    /// <summary>The same result for a call with another id of the provider's.</summary>
    public static FunctionResultContent Rename(FunctionResultContent result, string id) =>
        new(id, result.Result) { AdditionalProperties = result.AdditionalProperties };

    /// <summary>A call's id of ours, or the provider's where it has none.</summary>
    public static string IdOf(FunctionCallContent call) => Text(call, OwnId) ?? call.CallId;

    /// <summary>The id of ours that the result's call has, or the provider's where it has none.</summary>
    public static string IdOf(FunctionResultContent result) => Text(result, OwnId) ?? result.CallId;

    /// <summary>The call as the executor takes it.</summary>
    public static ToolCall ToToolCall(FunctionCallContent call) => new(IdOf(call), call.Name, Arguments(call))
    {
        IsCutOff = call.AdditionalProperties?.ContainsKey(CutOff) is true,
    };

    /// <summary>The arguments to show to other programs: as the provider is sent them, or the text that is no object.</summary>
    public static string WrittenArguments(FunctionCallContent call) =>
        call.Arguments is null ? Arguments(call) : ToolCallArguments.ToText(call);

    /// <summary>The message that answers a model's calls, one result each, in their order. Those without a result were interrupted.</summary>
    /// <param name="calls">The calls.</param>
    /// <param name="results">What became of them, by their ids of ours.</param>
    /// <param name="text">What the model reads of a result.</param>
    public static ChatMessage Answer(
        IReadOnlyList<FunctionCallContent> calls, IReadOnlyDictionary<string, ToolResult> results, Func<ToolResult, string> text) =>
        new(ChatRole.Tool, [.. calls.Select(call =>
            results.TryGetValue(IdOf(call), out var result) ? Result(call, text(result), isError: !result.Success) : Interrupted(call))]);

    /// <summary>The same for calls whose results nobody knows, so that the history stays one that a model can be given.</summary>
    public static ChatMessage Interrupt(IReadOnlyList<FunctionCallContent> calls) =>
        new(ChatRole.Tool, [.. calls.Select(Interrupted)]);

    /// <summary>The result of a call of which nobody knows one.</summary>
    public static FunctionResultContent Interrupted(FunctionCallContent call) => Result(call, OutcomeUnknown, isError: true);

    /// <summary>The results that a message gives the model.</summary>
    public static IReadOnlyList<CallAnswer> AnswersIn(ChatMessage message) =>
        [.. message.Contents.OfType<FunctionResultContent>().Select(result => new CallAnswer(
            IdOf(result), result.Result?.ToString() ?? "", ToolResults.IsError(result)))];

    /// <summary>What the model is told of a call.</summary>
    public static FunctionResultContent Result(FunctionCallContent call, string text, bool isError)
    {
        var result = new FunctionResultContent(call.CallId, text)
        {
            AdditionalProperties = new AdditionalPropertiesDictionary { [OwnId] = IdOf(call) },
        };
        if (isError)
            ToolResults.MarkError(result);
        return result;
    }

    private static string Arguments(FunctionCallContent call) =>
        Text(call, RawArguments)
        ?? call.RawRepresentation as string
        ?? (call.Arguments is { } arguments ? JsonSerializer.Serialize(arguments, Compact) : "");

    private static string? Text(AIContent content, string key) => content.AdditionalProperties?.GetValueOrDefault(key) switch
    {
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } element => element.GetString(),
        _ => null,
    };
}
