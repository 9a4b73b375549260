using System.Net;

namespace ToolService.Core.Tools.Http;

/// <summary>An answer that has been read.</summary>
/// <param name="Status">The status code. Those that may pass by themselves (408, 429, 5xx) are thrown, never returned.</param>
/// <param name="Url">Where it came from, after redirects.</param>
/// <param name="MediaType">The content type without its parameters, in lower case; null where the server named none.</param>
/// <param name="Text">The body, decoded.</param>
/// <param name="Truncated">Whether the body was longer than <see cref="HttpOptions.MaxResponseBytes"/> and its end is missing.</param>
public sealed record HttpText(HttpStatusCode Status, Uri Url, string? MediaType, string Text, bool Truncated)
{
    /// <summary>This answer, where its status is one of success.</summary>
    /// <exception cref="ToolException">Any other status.</exception>
    public HttpText RequireSuccess() =>
        (int)Status is >= 200 and < 300 ? this : throw new ToolException($"'{Url.Host}' answered with status {(int)Status}.");
}
