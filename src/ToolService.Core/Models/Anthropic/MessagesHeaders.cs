using System.Net.Http.Headers;

namespace ToolService.Core.Models.Anthropic;

/// <summary>The headers in which requests differ from those that the SDK makes.</summary>
/// <param name="version">The API's version: the SDK would send the newest that it knows, and with its next update another one.</param>
/// <param name="key">
/// Sent in the API's older header too: many compatible servers and proxies read no other, and Anthropic takes both.
/// </param>
internal sealed class MessagesHeaders(string version, string key)
{
    public const string DefaultVersion = "2023-06-01";

    public void Apply(HttpRequestHeaders headers)
    {
        Set(headers, "anthropic-version", version);
        Set(headers, "x-api-key", key);
    }

    private static void Set(HttpRequestHeaders headers, string name, string value)
    {
        headers.Remove(name);
        headers.TryAddWithoutValidation(name, value);
    }
}
