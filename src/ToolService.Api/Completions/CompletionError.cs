using System.Text.Json;
using System.Text.Json.Serialization;

namespace ToolService.Api.Completions;

/// <summary>Why a request failed, in OpenAI's form.</summary>
/// <param name="Error">What went wrong.</param>
/// <param name="Toolservice">Not OpenAI's: members that belong to the code, such as the turn's id.</param>
public sealed record CompletionError(CompletionError.Details Error, IReadOnlyDictionary<string, JsonElement>? Toolservice)
{
    /// <summary>What went wrong.</summary>
    /// <param name="Message">The same in words.</param>
    /// <param name="Type">The kind of failure by its status, such as <c>invalid_request_error</c>.</param>
    /// <param name="Param">The place in the request that is at fault.</param>
    /// <param name="Code">The kind of failure.</param>
    /// <param name="TraceId">Not OpenAI's: finds the request in the service's logs and traces.</param>
    public sealed record Details(
        string Message,
        string Type,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Param,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Code,
        string? TraceId);
}
