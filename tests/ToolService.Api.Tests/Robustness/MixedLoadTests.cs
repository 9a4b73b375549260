using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace ToolService.Api.Tests.Robustness;

public sealed class MixedLoadTests
{
    private static readonly (string Path, string Body, HttpStatusCode Expected)[] Requests =
    [
        ("/v1/tools/call", """{"tool_name":"echo","arguments":{"text":"x"}}""", HttpStatusCode.OK),
        ("/v1/tools/call", """{"tool_name":"add_note","arguments":{"text":"x"},"call_id":"note-#"}""", HttpStatusCode.OK),
        ("/v1/tools/call", """{"tool_name":"throw"}""", HttpStatusCode.OK),
        ("/v1/tools/call", """{"tool_name":"echo","arguments":{"text":1}}""", HttpStatusCode.BadRequest),
        ("/v1/tools/call", """{"tool_name":"echo","arguments":{"text":"\ud800"}}""", HttpStatusCode.BadRequest),
        ("/v1/tools/call", """{"tool_name":""", HttpStatusCode.BadRequest),
        ("/v1/tools/call", "", HttpStatusCode.BadRequest),
        ("/v1/tools/call", """{"tool_name":"nope"}""", HttpStatusCode.NotFound),
        ("/v1/tools/call/batch", """{"calls":[{"tool_name":"echo","arguments":{"text":"x"}},{"tool_name":"nope"}]}""", HttpStatusCode.OK),
        ("/v1/tools/call/batch", """{"calls":[null]}""", HttpStatusCode.BadRequest),
        ("/v1/chat", """{"message":"What is 2 + 2?"}""", HttpStatusCode.OK),
        ("/v1/chat", """{"message":"x","session_id":"sess_0"}""", HttpStatusCode.NotFound),
        ("/v1/nowhere", "{}", HttpStatusCode.NotFound),
    ];

    private readonly TestTools _tools = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Good_and_bad_requests_at_once_are_each_answered_for_what_they_are()
    {
        await using var service = await _tools.StartServiceAsync();
        var numbers = Enumerable.Range(0, 208).ToArray();
        new Random(7).Shuffle(numbers);

        await Task.WhenAll(numbers.Select(number => SendAsync(service.Client, number)));

        Assert.Equal("healthy", (await service.Client.GetJsonAsync("/health")).Text("status"));
        Assert.Equal(numbers.Length / Requests.Length, _tools.Effects.Count);
    }

    private static async Task SendAsync(HttpClient client, int number)
    {
        var (path, body, expected) = Requests[number % Requests.Length];
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.Replace("#", $"{number}", StringComparison.Ordinal)));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        using var response = await client.PostAsync(path, content, Cancellation);

        var answer = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.StatusCode == expected, $"{path} {body}: {(int)response.StatusCode} {answer}");
        var json = JsonElement.Parse(answer);
        if (expected is HttpStatusCode.OK)
            return;

        Assert.NotEmpty(json.Text("code"));
        Assert.NotEmpty(json.Text("trace_id"));
    }
}
