using ToolService.Api.Hosting.Errors;
using ToolService.Core;

namespace ToolService.Api.Hosting;

/// <summary>The header by which a request that is sent again gets the answer of the first.</summary>
internal static class IdempotencyKey
{
    /// <summary>Its name.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>The problem with a malformed key; null for a good one, and for none.</summary>
    public static ProblemResult? Check(string? key) => key is null || Ids.IsValidCallId(key)
        ? null
        : Problems.BadRequest("invalid_request", $"An {Header} is 1 to {Ids.MaxCallIdLength} of letters, digits, '_' and '-'.");

    /// <summary>Says in the answer that it is that of an earlier request.</summary>
    public static void MarkReplayed(HttpContext context) => context.Response.Headers["Idempotent-Replayed"] = "true";
}
