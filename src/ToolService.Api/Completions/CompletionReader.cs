using System.Text.Json;
using Microsoft.Extensions.Options;
using ToolService.Api.Chat;
using ToolService.Api.Hosting.Errors;
using ToolService.Api.Hosting.Json;
using ToolService.Core.Conversations;
using ToolService.Core.Conversations.Attachments;
using ToolService.Core.Models;
using ToolService.Core.Schema;
using ToolService.Core.Tools;

namespace ToolService.Api.Completions;

/// <summary>Turns a request for a completion into one for a turn, or finds what is wrong with it.</summary>
internal sealed class CompletionReader(
    IOptions<ConversationOptions> options, CompletionModels models, CompletionTools tools, AttachmentReader attachments)
{
    private const int MaxStops = 4;
    private static readonly JsonElement AnyObject = JsonElement.Parse("""{"type":"object"}""");

    private readonly ConversationOptions _options = options.Value;

    /// <summary>The request for a turn; or what is wrong.</summary>
    /// <param name="request">The request for a completion.</param>
    /// <param name="owner">Who asks.</param>
    /// <param name="idempotencyKey">The key that it came with.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<(TurnRequest? Asked, ProblemResult? Problem)> ReadAsync(
        CompletionRequest request, string owner, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var most = _options.MaxImportedMessages;
        if (request.Messages.Count > most)
            return (null, ChatRequestCheck.Invalid(
                "/messages", "maxItems",
                $"There are {request.Messages.Count:N0} messages; at most {most:N0} are accepted (Chat:MaxImportedMessages)."));

        var model = models.Find(request.Model);
        var problem = Unsupported(request) ?? (model is null ? models.Unknown(request.Model) : null) ?? Numbers(request) ?? Stops(request.Stop)
            ?? tools.Find(request) ?? Format(request.ResponseFormat);
        if (problem is not null)
            return (null, problem);

        var conversation = new CompletionConversation(request.Messages, _options.MaxMessageCharacters);
        if ((conversation.Errors.ToProblem() ?? await ReadImagesAsync(conversation, model!, cancellationToken)) is { } unreadable)
            return (null, unreadable);

        var asked = new TurnRequest(owner, "")
        {
            Conversation = conversation.Transcript,
            SystemPrompt = conversation.SystemPrompt,
            Model = model!.Name,
            Tools = request.ServiceTools,
            Settings = SettingsOf(request),
            IdempotencyKey = idempotencyKey,
        };
        return (asked, null);
    }

    private async Task<ProblemResult?> ReadImagesAsync(
        CompletionConversation conversation, Model model, CancellationToken cancellationToken)
    {
        if (conversation.Images is not [var first, ..])
            return null;
        if (!model.ReadsImages)
            return ChatRequestCheck.Invalid(first.Pointer, null, $"Model '{model.Name}' reads no pictures. Choose another model, or send text.");

        foreach (var image in conversation.Images)
        {
            try
            {
                conversation.Add(image, await attachments.ReadAsync(new AttachmentRequest(image.Url), cancellationToken));
            }
            catch (ToolException e)
            {
                return ChatRequestCheck.Invalid(image.Pointer, null, e.Message);
            }
        }

        return null;
    }

    private static TurnSettings SettingsOf(CompletionRequest request) => new()
    {
        ToolChoice = CompletionTools.ChoiceOf(request.ToolChoice),
        ClientTools = CompletionTools.ClientToolsOf(request),
        ParallelToolCalls = request.ParallelToolCalls,
        Temperature = request.Temperature,
        TopP = request.TopP,
        FrequencyPenalty = request.FrequencyPenalty,
        PresencePenalty = request.PresencePenalty,
        Seed = request.Seed,
        StopSequences = StopsOf(request.Stop),
        MaxOutputTokens = request.MaxCompletionTokens ?? request.MaxTokens,
        ResponseSchema = SchemaOf(request.ResponseFormat),
    };

    private static ProblemResult? Unsupported(CompletionRequest request) => request switch
    {
        { N: not (null or 1) } => Refuse("/n", "There is one answer to a request: leave n out."),
        { Functions: not null } => Refuse("/functions", "functions is not accepted: use tools."),
        { FunctionCall: not null } => Refuse("/function_call", "function_call is not accepted: use tool_choice."),
        { Modalities: { } kinds } when kinds.Any(kind => kind != "text") => Refuse("/modalities", "Answers are text only."),
        { Audio: not null } => Refuse("/audio", "Answers are text only."),
        { WebSearchOptions: not null } => Refuse("/web_search_options", "web_search_options is not accepted: search is a tool here."),
        { Logprobs: true } => Refuse("/logprobs", "logprobs is not supported."),
        { TopLogprobs: not (null or 0) } => Refuse("/top_logprobs", "top_logprobs is not supported."),
        { LogitBias: { } bias } when bias.ValueKind is not JsonValueKind.Object || bias.GetPropertyCount() > 0 =>
            Refuse("/logit_bias", "logit_bias is not supported."),
        _ => null,
    };

    private static ProblemResult? Numbers(CompletionRequest request)
    {
        if (request.Temperature is not (null or (>= 0 and <= 2)))
            return ChatRequestCheck.Invalid("/temperature", "range", $"temperature must be from 0 to 2, is {request.Temperature}.");
        if (request.TopP is not (null or (>= 0 and <= 1)))
            return ChatRequestCheck.Invalid("/top_p", "range", $"top_p must be from 0 to 1, is {request.TopP}.");
        if (request.FrequencyPenalty is not (null or (>= -2 and <= 2)))
            return ChatRequestCheck.Invalid(
                "/frequency_penalty", "range", $"frequency_penalty must be from -2 to 2, is {request.FrequencyPenalty}.");
        if (request.PresencePenalty is not (null or (>= -2 and <= 2)))
            return ChatRequestCheck.Invalid(
                "/presence_penalty", "range", $"presence_penalty must be from -2 to 2, is {request.PresencePenalty}.");
        if (request.MaxCompletionTokens < 1)
            return ChatRequestCheck.Invalid("/max_completion_tokens", "minimum", "max_completion_tokens must be at least 1.");
        return request.MaxTokens < 1 ? ChatRequestCheck.Invalid("/max_tokens", "minimum", "max_tokens must be at least 1.") : null;
    }

    private static ProblemResult? Stops(JsonElement? stop)
    {
        var isValid = stop is not { } given || given.Text() is not null
            || (given.ValueKind is JsonValueKind.Array && given.GetArrayLength() <= MaxStops
                && given.EnumerateArray().All(text => text.Text() is not null));
        return isValid ? null : ChatRequestCheck.Invalid("/stop", "type", $"stop must be a string, or a list of up to {MaxStops}.");
    }

    private static List<string>? StopsOf(JsonElement? stop) => stop switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } only => [only.Text()!],
        { } list => [.. list.EnumerateArray().Select(text => text.Text()!)],
    };

    private static ProblemResult? Format(CompletionFormat? format)
    {
        if (format is null or { Type: "text" or "json_object" })
            return null;
        if (format is not { Type: "json_schema" })
            return ChatRequestCheck.Invalid(
                "/response_format/type", "enum", "A response_format is of the type text, json_object or json_schema.");
        if (SchemaOf(format) is not { } schema)
            return ChatRequestCheck.Invalid(
                "/response_format/json_schema", "required", "A response_format of the type json_schema needs json_schema.schema.");

        try
        {
            _ = new ResponseSchema(schema);
            return null;
        }
        catch (JsonSchemaException e)
        {
            return ChatRequestCheck.Invalid(
                "/response_format/json_schema/schema", null, $"The schema is no JSON Schema that can be enforced: {e.Message}");
        }
    }

    private static JsonElement? SchemaOf(CompletionFormat? format) => format?.Type switch
    {
        "json_object" => AnyObject,
        "json_schema" => format.JsonSchema?.Schema,
        _ => null,
    };

    private static ProblemResult Refuse(string pointer, string message) =>
        Problems.BadRequest("unsupported_parameter", message, [new ProblemError(pointer, null, message)]);
}
