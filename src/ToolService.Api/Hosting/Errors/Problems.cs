using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace ToolService.Api.Hosting.Errors;

/// <summary>
/// The answers to requests that cannot be served. <c>code</c> names the kind of failure for programs, one snake_case word that never changes;
/// <c>detail</c> tells a person what to change, and is shown to them as it is.
/// </summary>
public static class Problems
{
    /// <summary>400: the request is malformed or invalid.</summary>
    public static ProblemResult BadRequest(string code, string detail, IReadOnlyList<ProblemError>? errors = null, JsonObject? extensions = null) =>
        Of(StatusCodes.Status400BadRequest, code, detail, errors, extensions);

    /// <summary>401: there is no valid key.</summary>
    public static ProblemResult Unauthorized(string detail) => Of(StatusCodes.Status401Unauthorized, "unauthorized", detail);

    /// <summary>403: this caller may not.</summary>
    public static ProblemResult Forbidden(string code, string detail, JsonObject? extensions = null) =>
        Of(StatusCodes.Status403Forbidden, code, detail, extensions: extensions);

    /// <summary>404: there is no such thing, or it is someone else's.</summary>
    public static ProblemResult NotFound(string code, string detail, JsonObject? extensions = null) =>
        Of(StatusCodes.Status404NotFound, code, detail, extensions: extensions);

    /// <summary>409: the request contradicts the state of things.</summary>
    public static ProblemResult Conflict(string code, string detail, JsonObject? extensions = null) =>
        Of(StatusCodes.Status409Conflict, code, detail, extensions: extensions);

    /// <summary>410: it is too late.</summary>
    public static ProblemResult Gone(string code, string detail, JsonObject? extensions = null) =>
        Of(StatusCodes.Status410Gone, code, detail, extensions: extensions);

    /// <summary>429: too many requests.</summary>
    /// <param name="code">The kind of failure.</param>
    /// <param name="detail">Which limit is reached.</param>
    /// <param name="retryAfter">When to try again.</param>
    public static ProblemResult TooManyRequests(string code, string detail, TimeSpan? retryAfter = null) =>
        new(Describe(StatusCodes.Status429TooManyRequests, code, detail), retryAfter);

    /// <summary>500: our fault. Says nothing else: what happened is in the log, under the trace id.</summary>
    public static ProblemResult Internal() => new(Describe(StatusCodes.Status500InternalServerError, code: null, detail: null));

    /// <summary>503: not now. The detail must be safe to show.</summary>
    /// <param name="code">The kind of failure.</param>
    /// <param name="detail">What is not available.</param>
    /// <param name="retryAfter">When to try again.</param>
    /// <param name="extensions">Members that belong to this code.</param>
    public static ProblemResult Unavailable(string code, string detail, TimeSpan? retryAfter = null, JsonObject? extensions = null) =>
        new(Describe(StatusCodes.Status503ServiceUnavailable, code, detail, extensions: extensions), retryAfter);

    /// <summary>Any other status.</summary>
    public static ProblemResult Of(
        int status, string? code, string? detail, IReadOnlyList<ProblemError>? errors = null, JsonObject? extensions = null) =>
        new(Describe(status, code, detail, errors, extensions));

    private static Problem Describe(
        int status, string? code, string? detail, IReadOnlyList<ProblemError>? errors = null, JsonObject? extensions = null) =>
        new()
        {
            Title = ReasonPhrases.GetReasonPhrase(status),
            Status = status,
            Code = code,
            Detail = detail,
            Errors = errors,
            Extensions = extensions?.ToDictionary(member => member.Key, member => JsonElement.Parse(member.Value?.ToJsonString() ?? "null")),
        };
}
