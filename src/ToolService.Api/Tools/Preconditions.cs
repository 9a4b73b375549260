using Microsoft.Net.Http.Headers;
using ToolService.Api.Hosting.Errors;
using ToolService.Core.Tools.Http.Registration;

namespace ToolService.Api.Tools;

/// <summary>What a client knows of a definition that it changes (RFC 9110, 13).</summary>
internal static class Preconditions
{
    private const string Any = "*";

    /// <summary>Reads the headers; false where one of them is malformed.</summary>
    public static bool TryRead(string? ifMatch, string? ifNoneMatch, out HttpToolCondition condition)
    {
        condition = default;
        if (ifNoneMatch is not null && ifNoneMatch.Trim() != Any)
            return false;

        condition = new HttpToolCondition(null, MustExist: ifMatch?.Trim() == Any, MustNotExist: ifNoneMatch is not null);
        if (ifMatch is null || condition.MustExist)
            return true;
        if (!EntityTagHeaderValue.TryParseStrictList([ifMatch], out var tags) || tags.Any(tag => tag.IsWeak))
            return false;

        condition = condition with { Hashes = [.. tags.Select(tag => tag.Tag.Value![1..^1])] };
        return true;
    }

    public static void Tag(HttpContext context, string hash) => context.Response.Headers.ETag = $"\"{hash}\"";

    public static ProblemResult Malformed() => Problems.BadRequest(
        "invalid_request",
        "If-Match is an ETag as GET /v1/tools/{name}/definition gives it, in its quotes, or *; If-None-Match can only be *.");
}
