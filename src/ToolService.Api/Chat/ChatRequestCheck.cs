using Microsoft.Extensions.Options;
using ToolService.Api.Hosting.Errors;
using ToolService.Core.Conversations;
using ToolService.Core.Execution;
using ToolService.Core.Schema;
using ToolService.Core.Tools;

namespace ToolService.Api.Chat;

/// <summary>Finds what is wrong with a request for a turn before there is one.</summary>
internal sealed class ChatRequestCheck(IOptions<ConversationOptions> options, ToolRegistry registry, ToolAccess access)
{
    private readonly ConversationOptions _options = options.Value;

    /// <summary>The first thing that is wrong; null where nothing is.</summary>
    public ProblemResult? Find(ChatRequest request) => Message(request) ?? Settings(request) ?? Tools(request) ?? Schema(request);

    /// <summary>A request that is refused, with the place that is at fault.</summary>
    public static ProblemResult Invalid(string pointer, string? keyword, string message) =>
        Problems.BadRequest("invalid_request", message, [new ProblemError(pointer, keyword, message)]);

    private ProblemResult? Message(ChatRequest request)
    {
        var longest = _options.MaxMessageCharacters;
        if (string.IsNullOrWhiteSpace(request.Message))
            return Invalid("/message", "minLength", "The message is empty.");
        if (request.Message.Length > longest)
            return Invalid(
                "/message", "maxLength", $"The message has {request.Message.Length:N0} characters; at most {longest:N0} are accepted.");
        if (request.SystemPrompt?.Length > longest)
            return Invalid("/system_prompt", "maxLength", $"The system prompt has more than {longest:N0} characters.");
        return request is { Background: true, Stream: true }
            ? Invalid(
                "/stream", null,
                "A turn in the background is answered before there is anything to stream. Leave stream out, and read the turn's events at "
                + "/v1/chat/turns/{id}/events.")
            : null;
    }

    private ProblemResult? Settings(ChatRequest request)
    {
        if (request.MaxRounds < 1 || request.MaxRounds > _options.MaxRounds)
            return Invalid(
                "/max_rounds", "range", $"max_rounds must be 1 to {_options.MaxRounds} (Chat:MaxRounds), is {request.MaxRounds}.");
        if (request.Temperature is not (null or (>= 0 and <= 2)))
            return Invalid("/temperature", "range", $"temperature must be from 0 to 2, is {request.Temperature}.");
        return request.MaxOutputTokens < 1
            ? Invalid("/max_output_tokens", "minimum", $"max_output_tokens must be at least 1, is {request.MaxOutputTokens}.")
            : null;
    }

    private ProblemResult? Tools(ChatRequest request)
    {
        ToolPatterns patterns;
        try
        {
            patterns = ToolPatterns.Parse(request.Tools ?? ["*"]);
        }
        catch (FormatException e)
        {
            return Invalid("/tools", "pattern", e.Message);
        }

        return request.ToolChoice switch
        {
            null or ToolChoice.Auto or ToolChoice.None => null,
            ToolChoice.Required => access.Filter(registry.Current, patterns).Count == 0
                ? Invalid("/tool_choice", "enum", "tool_choice is 'required', but the turn has no tools.")
                : null,
            var name => registry.Current.Find(name) is not null && access.IsAllowed(name, patterns)
                ? null
                : Invalid("/tool_choice", "enum", UnknownChoice(patterns, name)),
        };
    }

    private string UnknownChoice(ToolPatterns patterns, string name)
    {
        var near = registry.Current.NearestNames(name).Where(candidate => access.IsAllowed(candidate, patterns)).ToList();
        return "tool_choice must be auto, none, required or the name of a tool that the turn may use."
            + (near.Count == 0 ? "" : $" Did you mean {string.Join(" or ", near)}?");
    }

    private static ProblemResult? Schema(ChatRequest request)
    {
        if (request.ResponseSchema is not { } schema)
            return null;

        try
        {
            _ = new ResponseSchema(schema);
            return null;
        }
        catch (JsonSchemaException e)
        {
            return Invalid("/response_schema", null, $"response_schema is no JSON Schema that can be enforced: {e.Message}");
        }
    }
}
