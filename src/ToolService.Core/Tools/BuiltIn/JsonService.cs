using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.WebUtilities;
using ToolService.Core.Tools.Http;

namespace ToolService.Core.Tools.BuiltIn;

/// <summary>Asks services that answer in JSON.</summary>
internal sealed class JsonService(GuardedHttp http)
{
    private const string Json = "application/json";

    /// <summary>The answer of <paramref name="url"/> with these parameters added.</summary>
    /// <exception cref="ToolException">The service cannot be reached, refuses, or answers in another shape than expected.</exception>
    public async Task<T> GetAsync<T>(
        Uri url,
        JsonTypeInfo<T> shape,
        CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string?>? query = null,
        string accept = Json)
    {
        var full = query is null ? url : new Uri(QueryHelpers.AddQueryString(url.AbsoluteUri, query));
        var answer = (await http.GetAsync(full, accept, cancellationToken)).RequireSuccess();
        if (answer.Truncated)
            throw new ToolException($"The answer of '{answer.Url.Host}' is larger than this service reads.");

        try
        {
            return JsonSerializer.Deserialize(answer.Text, shape) ?? throw Unexpected(answer);
        }
        catch (JsonException e)
        {
            throw Unexpected(answer, e);
        }
    }

    private static ToolException Unexpected(HttpText answer, JsonException? cause = null) =>
        new($"'{answer.Url.Host}' did not answer in the form that this tool understands.", cause);
}
