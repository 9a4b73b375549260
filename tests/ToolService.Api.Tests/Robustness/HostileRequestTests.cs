using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ToolService.Api.Tests.Hosting;

namespace ToolService.Api.Tests.Robustness;

/// <summary>What real endpoints answer to bodies that nobody should send.</summary>
public sealed class HostileRequestTests(RunningService running) : IClassFixture<RunningService>
{
    private const string Call = "/v1/tools/call";
    private const string Batch = "/v1/tools/call/batch";
    private const string History = "/v1/tools/history?limit=1000";
    private const string Good = """{"tool_name":"echo","arguments":{"text":"x"}}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Call, """{"tool_name":"echo","Tool_Name":"throw"}""", "/Tool_Name", "additionalProperties")]
    [InlineData(Call, """{"tool_name":"echo","tool_name":"throw"}""", "/tool_name", "uniqueProperties")]
    [InlineData(Call, """{"tool_name":"echo","arguments":{"text":"a","text":"b"}}""", "/arguments", "uniqueProperties")]
    [InlineData(Call, """{"tool_name":"echo","confirmed":true}""", "/confirmed", "additionalProperties")]
    [InlineData(Call, """{"arguments":{}}""", "", "required")]
    [InlineData(Call, """{"tool_name":["echo"]}""", "/tool_name", "type")]
    [InlineData(Call, """{"tool_name":"\ud800"}""", "/tool_name", null)]
    [InlineData(Call, """{"tool_name":"echo","call_id":7}""", "/call_id", "type")]
    [InlineData(Batch, """{"calls":[{"tool_name":"echo"},{"tool_name":"x","Arguments":{}}]}""", "/calls/1/Arguments", "additionalProperties")]
    [InlineData(Batch, """{"calls":[{"tool_name":"echo","tool_name":"throw"}]}""", "/calls/0/tool_name", "uniqueProperties")]
    [InlineData(Batch, """{"calls":[{"tool_name":"echo","owner":"root"}]}""", "/calls/0/owner", "additionalProperties")]
    [InlineData(Batch, """{"calls":[{"tool_name":"echo"},{}]}""", "/calls/1", "required")]
    [InlineData(Batch, """{"calls":[{"tool_name":"echo","arguments":{"text":"x"}},null]}""", "/calls/1", "type")]
    [InlineData(Batch, """{"calls":[{"tool_name":"echo","call_id":"a b"}]}""", "/calls/0/call_id", "pattern")]
    [InlineData(Batch, """{"calls":null}""", "/calls", "type")]
    [InlineData("/v1/chat", """{"message":"x","Message":"y"}""", "/Message", "additionalProperties")]
    [InlineData("/v1/chat", """{"message":"x","tools":[null]}""", "/tools/0", "type")]
    [InlineData("/v1/chat", """{"message":"x","tools":["echo\u0000"]}""", "/tools", "pattern")]
    public async Task Body_of_another_form_is_refused_whole_and_runs_nothing(string path, string body, string pointer, string? keyword)
    {

        var before = (await running.Service.Client.GetJsonAsync(History)).GetArrayLength();

        var problem = await PostAsync(path, Encoding.UTF8.GetBytes(body), HttpStatusCode.BadRequest, "invalid_request");

        var error = Assert.Single(problem.GetProperty("errors").EnumerateArray());
        Assert.Equal((pointer, keyword), (error.Text("pointer"), error.Text("keyword")));
        Assert.Equal(before, (await running.Service.Client.GetJsonAsync(History)).GetArrayLength());
    }

    [Theory]
    [InlineData(Call, """{"tool_name":"echo","arguments":{"\ud800":1}}""", "/arguments")]
    [InlineData(Call, """{"tool_name":"echo","arguments":{"a":[{"\udc00":1}]}}""", "/arguments")]
    [InlineData(Batch, """{"calls":[{"tool_name":"echo","arguments":{"\ud800":1}}]}""", "/calls/0/arguments")]
    public async Task Half_a_surrogate_pair_in_a_name_is_said_to_be_that(string path, string body, string pointer)
    {
        var problem = await PostAsync(path, Encoding.UTF8.GetBytes(body), HttpStatusCode.BadRequest, "invalid_request");

        var error = Assert.Single(problem.GetProperty("errors").EnumerateArray());
        Assert.Equal((pointer, "'arguments' has a member whose name is not valid Unicode (an unpaired surrogate)."), (error.Text("pointer"), error.Text("message")));
    }

    [Theory]
    [InlineData("""{"tool_name":"echo","arguments":{"text":"#"}}""", "/arguments")]
    [InlineData("""{"tool_name":"echo","arguments":{"#":1}}""", "/arguments")]
    [InlineData("""{"tool_name":"#"}""", "/tool_name")]
    public async Task Bytes_that_are_no_utf_8_are_a_400_that_says_where(string body, string pointer)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        bytes[Array.IndexOf(bytes, (byte)'#')] = 0xFF;

        var problem = await PostAsync(Call, bytes, HttpStatusCode.BadRequest, "invalid_request");

        Assert.Equal(pointer, problem.GetProperty("errors")[0].Text("pointer"));
    }

    [Theory]
    [InlineData("""{"tool_name":"echo","arguments":{"text":"x"}""")]
    [InlineData("""{"tool_name":"echo"}{"tool_name":"echo"}""")]
    [InlineData("""{'tool_name':'echo'}""")]
    [InlineData("""{"tool_name":"echo","arguments":{"text":NaN}}""")]
    [InlineData("\0")]
    public async Task Body_that_is_no_json_is_a_400(string body)
    {

        await PostAsync(Call, Encoding.UTF8.GetBytes(body), HttpStatusCode.BadRequest, "malformed_json");
    }

    [Theory]
    [InlineData("""{"tool_name":"echo","arguments":#}""")]
    [InlineData("""{"tool_name":"echo","arguments":{"text":#}}""")]
    public async Task Nesting_without_end_is_a_400(string body)
    {
        var deep = string.Concat(Enumerable.Repeat("""{"a":""", 10_000)) + "1" + new string('}', 10_000);

        var bytes = Encoding.UTF8.GetBytes(body.Replace("#", deep, StringComparison.Ordinal));

        await PostAsync(Call, bytes, HttpStatusCode.BadRequest, "malformed_json");
    }

    [Theory]
    [InlineData(Call)]
    [InlineData("/v1/chat")]
    public async Task Ten_megabytes_are_a_413(string path)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"tool_name":"{{new string('x', 10_000_000)}}"}""");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Json(body) };
        // So that the answer is there before the body is sent, which the server does not read to its end.
        request.Headers.ExpectContinue = true;

        using var response = await running.Service.Client.SendAsync(request, Cancellation);

        await ProblemAssert.IsAsync(response, HttpStatusCode.RequestEntityTooLarge, "body_too_large");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json; charset=klingon")]
    [InlineData("application/json; charset=utf-7")]
    [InlineData("application/json; charset=\"utf-8\"")]
    [InlineData(";")]
    [InlineData("")]
    public async Task Body_that_does_not_say_it_is_json_is_a_415(string contentType)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Good));
        if (contentType.Length > 0)
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        using var response = await running.Service.Client.PostAsync(Call, content, Cancellation);

        await ProblemAssert.IsAsync(response, HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
    }

    [Theory]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=UTF-8")]
    [InlineData("application/problem+json")]
    public async Task Body_in_another_known_form_of_json_is_served(string contentType)
    {
        var encoding = contentType.Contains("utf-16", StringComparison.Ordinal) ? Encoding.Unicode : Encoding.UTF8;
        using var content = new ByteArrayContent(encoding.GetBytes(Good));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        using var response = await running.Service.Client.PostAsync(Call, content, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(900_000, 'n')]
    [InlineData(100, '\0')]
    [InlineData(64, '\u001b')]
    [InlineData(0, 'n')]
    public async Task Tool_name_that_no_tool_can_have_is_a_404_that_repeats_little_of_it(int length, char character)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { tool_name = new string(character, length) });

        var problem = await PostAsync(Call, body, HttpStatusCode.NotFound, "unknown_tool");

        Assert.InRange(problem.Text("detail").Length, 1, 200);
        Assert.DoesNotContain(problem.Text("detail"), char.IsControl);
        var record = await running.Service.Client.GetJsonAsync($"/v1/tools/history/{problem.Text("call_id")}");
        Assert.Equal("rejected", record.Text("status"));
        Assert.InRange(record.Text("tool_name").Length, 0, 81);
    }

    [Theory]
    [InlineData(Call, """{"tool_name":"echo","session_id":"a\u0000b"}""")]
    [InlineData(Call, """{"tool_name":"echo","session_id":""}""")]
    [InlineData(Batch, """{"calls":[{"tool_name":"echo","session_id":"\u001b[2J"}]}""")]
    [InlineData("/v1/chat", """{"message":"x","session_id":"\u0000"}""")]
    public async Task Session_that_cannot_be_is_a_404(string path, string body)
    {

        await PostAsync(path, Encoding.UTF8.GetBytes(body), HttpStatusCode.NotFound, "unknown_session");
    }

    [Theory]
    [InlineData("PUT", Call, "POST")]
    [InlineData("DELETE", "/v1/chat", "POST")]
    [InlineData("PATCH", "/v1/tools/history", "GET")]
    [InlineData("BREW", "/v1/chat/sessions", "GET")]
    public async Task Other_method_is_a_405_that_names_the_right_one(string method, string path, string right)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await running.Service.Client.SendAsync(request, Cancellation);

        var problem = await ProblemAssert.IsAsync(response, HttpStatusCode.MethodNotAllowed, "method_not_allowed");
        Assert.Contains(right, problem.Text("detail"), StringComparison.Ordinal);
    }

    private async Task<JsonElement> PostAsync(string path, byte[] body, HttpStatusCode status, string code)
    {
        using var content = Json(body);
        using var response = await running.Service.Client.PostAsync(path, content, Cancellation);
        return await ProblemAssert.IsAsync(response, status, code);
    }

    private static ByteArrayContent Json(byte[] body) =>
        new(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}
