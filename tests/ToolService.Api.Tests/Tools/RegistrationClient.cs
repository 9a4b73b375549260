using System.Net;
using System.Text;
using System.Text.Json;

namespace ToolService.Api.Tests.Tools;

/// <summary>Registers tools over HTTP.</summary>
internal static class RegistrationClient
{
    /// <summary>Settings with which local servers can be reached.</summary>
    public static (string Name, string Value) Local => ("Http:AllowPrivateNetworks:0", "127.0.0.0/8");

    public static Task<JsonElement> RegisterAsync(this HttpClient client, string definition, HttpStatusCode expected = HttpStatusCode.Created) =>
        client.PostJsonAsync("/v1/tools/register", definition, expected);

    /// <summary>Sends a request, with headers, and gives the answer; the caller disposes it.</summary>
    public static async Task<HttpResponseMessage> SendAsync(
        this HttpClient client, HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>A definition that gets something by its id.</summary>
    public static string Get(string url, string name = "get_user", string description = "Gets a user.", string more = "") =>
        $$"""
        {"name":"{{name}}","description":"{{description}}","method":"GET","url":"{{url}}/users/{id}",
         "parameters":[{"name":"id","type":"string","description":"The user's id","required":true}{{more}}]}
        """;

    /// <summary>A definition that posts a note.</summary>
    public static string Post(string url, string name = "post_note", string more = "") =>
        $$"""
        {"name":"{{name}}","description":"Adds a note.","method":"POST","url":"{{url}}/notes",
         "parameters":[{"name":"text","type":"string","required":true}]{{more}}}
        """;
}
