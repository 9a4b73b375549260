using System.Net;
using System.Net.Http.Headers;

namespace ToolService.Core.Tools.Http;

/// <summary>An answer to an <see cref="HttpSend"/> that has been read.</summary>
/// <param name="Status">The status code. Those that may pass by themselves (408, 429, 5xx) are thrown, never returned.</param>
/// <param name="Url">Where it came from, after redirects.</param>
/// <param name="MediaType">The content type without its parameters, in lower case; null where the server named none.</param>
/// <param name="Headers">Its headers by name, whatever its case; several values of one are joined by commas.</param>
/// <param name="Bytes">The body.</param>
/// <param name="Truncated">Whether the body was longer than allowed and its end is missing.</param>
public sealed record HttpAnswer(
    HttpStatusCode Status,
    Uri Url,
    string? MediaType,
    IReadOnlyDictionary<string, string> Headers,
    ReadOnlyMemory<byte> Bytes,
    bool Truncated)
{
    /// <summary>Whether the body is text by its content type; one without a content type may be.</summary>
    public bool IsText => TextDecoding.IsText(MediaType);

    /// <summary>The body as text. Never fails: bad bytes become U+FFFD.</summary>
    public string ReadText() => TextDecoding.Decode(
        Bytes.ToArray(),
        Headers.TryGetValue("Content-Type", out var type) && MediaTypeHeaderValue.TryParse(type, out var parsed) ? parsed : null);
}
