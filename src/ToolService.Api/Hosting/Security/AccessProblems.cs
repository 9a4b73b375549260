using ToolService.Api.Hosting.Errors;

namespace ToolService.Api.Hosting.Security;

/// <summary>Why a request is refused before any endpoint sees it.</summary>
internal static class AccessProblems
{
    private const string LocalOnly = "Without API keys the service answers only programs on its own machine";

    public static ProblemResult NotLocal() =>
        Problems.Forbidden("local_only", $"{LocalOnly}; this request came from another. Configure Security:ApiKeys.");

    public static ProblemResult Forwarded() =>
        Problems.Forbidden("local_only", $"{LocalOnly}; this request came through a proxy. Configure Security:ApiKeys.");

    public static ProblemResult ForeignOrigin() =>
        Problems.Forbidden("foreign_origin", $"{LocalOnly}; this request came from a page of another site. Configure Security:ApiKeys.");

    public static ProblemResult HostNotAllowed(HostString host) =>
        Problems.Forbidden("host_not_allowed", $"The service does not answer under the name '{host.Host}'. Add it to {AllowedHosts.Setting} if it should.");

    public static ProblemResult MissingScope(IReadOnlyList<string> anyOf) =>
        Problems.Forbidden("missing_scope", $"The API key lacks the scope {string.Join(" or ", anyOf.Select(scope => $"'{scope}'"))}.");
}
