using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ToolService.Api.Tests.Hosting;

internal static class ProblemAssert
{
    /// <summary>Asserts that the response is a problem of this status and code, and gives its body.</summary>
    public static async Task<JsonElement> IsAsync(HttpResponseMessage response, HttpStatusCode status, string? code)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal((int)status, body.GetProperty("status").GetInt32());
        Assert.Equal(code, body.TryGetProperty("code", out var actual) ? actual.GetString() : null);
        Assert.NotEqual("", body.GetProperty("trace_id").GetString());
        Assert.NotEqual("", body.GetProperty("title").GetString());
        return body;
    }
}
