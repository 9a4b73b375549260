using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ToolService.Api.Tests.Hosting;
using ToolService.Core.Tools.Http;
using ToolService.Testing;
using static ToolService.Api.Tests.Tools.RegistrationClient;

namespace ToolService.Api.Tests.Tools;

public sealed class HttpToolTests
{
    private const string Key = "key-0123456789";

    [Fact]
    public async Task Retries_of_a_call_carry_one_idempotency_key_and_succeed_once()
    {
        var arrived = 0;
        await using var receiver = await HttpReceiver.StartAsync((context, _) =>
            HttpReceiver.JsonAsync(context, "1", Interlocked.Increment(ref arrived) < 3 ? 503 : 200));
        await using var service = await new TestTools().StartServiceAsync(Local, ("Execution:RetryDelay", "00:00:00.001"));
        await service.Client.RegisterAsync(Post(receiver.Url, more: ""","annotations":{"idempotent":true}"""));

        var result = await service.Client.CallAsync("post_note", """{"text":"x"}""", callId: "my-call");

        Assert.Equal(("succeeded", 3), (result.Text("status"), result.GetProperty("attempts").GetInt32()));
        Assert.Equal(["my-call", "my-call", "my-call"], receiver.Requests.Select(request => request.Headers["Idempotency-Key"]));
        Assert.All(receiver.Requests, request => Assert.Equal(("POST /notes", """{"text":"x"}"""), (request.Path, request.Body)));
    }

    [Fact]
    public async Task Post_that_may_have_arrived_is_sent_once_and_not_called_retryable()
    {
        await using var receiver = await HttpReceiver.StartAsync("1", 500);
        await using var service = await new TestTools().StartServiceAsync(Local);
        await service.Client.RegisterAsync(Post(receiver.Url));

        var result = await service.Client.CallAsync("post_note", """{"text":"x"}""");

        var error = result.GetProperty("error");
        Assert.Equal(("tool_failed", false), (error.Text("code"), error.GetProperty("retryable").GetBoolean()));
        Assert.Contains("not known whether the request took effect", error.Text("message"), StringComparison.Ordinal);
        Assert.Single(receiver.Requests);
    }

    [Fact]
    public async Task Secret_is_sent_and_found_nowhere_else()
    {
        var logs = new RecordingLogs();
        await using var receiver = await HttpReceiver.StartAsync((context, request) => HttpReceiver.JsonAsync(
            context,
            $$"""{"you_sent":"{{request.Headers["Authorization"]}}","path":"{{request.Path}}"}""",
            request.Body.Contains("fail", StringComparison.Ordinal) ? 403 : 200));
        var settings = new Dictionary<string, string> { [Local.Name] = Local.Value, ["Secrets:KEY"] = Key, ["Logging:LogLevel:Default"] = "Trace" };
        await using var service = await TestService.StartAsync(settings, builder => builder.Logging.AddProvider(logs));
        await service.Client.RegisterAsync(
            Post(
                receiver.Url,
                more: ""","headers":{"Authorization":"Bearer ${secret:KEY}"},"query":{"key":"${secret:KEY}"},"policy":{"requires_confirmation":true}"""));

        var call = await service.Client.CallAsync("post_note", """{"text":"x"}""", HttpStatusCode.Accepted);
        var confirmation = call.GetProperty("confirmation").Text("id");
        var approved = await service.Client.PostJsonAsync($"/v1/confirmations/{confirmation}", """{"decision":"approve"}""");
        var failing = await service.Client.CallAsync("post_note", """{"text":"fail"}""", HttpStatusCode.Accepted);
        var failed = await service.Client.PostJsonAsync(
            $"/v1/confirmations/{failing.GetProperty("confirmation").Text("id")}", """{"decision":"approve"}""");

        Assert.Equal(($"Bearer {Key}", $"POST /notes?key={Key}"), (receiver.Requests[0].Headers["Authorization"], receiver.Requests[0].Path));
        Assert.Contains("[secret KEY]", approved.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("status 403", failed.GetRawText(), StringComparison.Ordinal);
        string[] surfaces =
        [
            approved.GetRawText(), failed.GetRawText(), call.GetRawText(),
            await service.Client.GetStringAsync("/v1/tools/history", TestContext.Current.CancellationToken),
            await service.Client.GetStringAsync($"/v1/tools/history/{call.Text("call_id")}", TestContext.Current.CancellationToken),
            await service.Client.GetStringAsync($"/v1/confirmations/{confirmation}", TestContext.Current.CancellationToken),
            await service.Client.GetStringAsync("/v1/tools/post_note/definition", TestContext.Current.CancellationToken),
            await service.Client.GetStringAsync("/v1/tools", TestContext.Current.CancellationToken),
            .. logs.Entries.Select(entry => $"{entry.Message} {entry.Exception}"),
        ];
        Assert.All(surfaces, surface => Assert.DoesNotContain(Key, surface, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answer_that_refuses_helps_the_model_to_correct_itself()
    {
        await using var receiver = await HttpReceiver.StartAsync("""{"error":"id must be a number"}""", 422);
        await using var service = await new TestTools().StartServiceAsync(Local);
        await service.Client.RegisterAsync(Get(receiver.Url));

        var message = (await service.Client.CallAsync("get_user", """{"id":"x"}""")).GetProperty("error").Text("message");

        Assert.Contains("status 422", message, StringComparison.Ordinal);
        Assert.Contains("id must be a number", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Image_is_kept_in_the_result()
    {
        await using var receiver = await HttpReceiver.StartAsync((context, _) =>
        {
            context.Response.ContentType = "image/png";
            return context.Response.Body.WriteAsync(new byte[] { 1, 2, 3 }).AsTask();
        });
        await using var service = await new TestTools().StartServiceAsync(Local);
        await service.Client.RegisterAsync(Get(receiver.Url));

        var result = (await service.Client.CallAsync("get_user", """{"id":"x"}""")).GetProperty("result");

        var block = result.GetProperty("content_blocks")[0];
        Assert.Equal(("image", "AQID"), (block.Text("type"), block.Text("data")));
    }

    [Theory]
    [InlineData("../admin")]
    [InlineData("%2e%2e/admin")]
    [InlineData("..%5cadmin")]
    public async Task Path_cannot_be_left(string id)
    {
        await using var receiver = await HttpReceiver.StartAsync("1");
        await using var service = await new TestTools().StartServiceAsync(Local);
        await service.Client.RegisterAsync(Get(receiver.Url));

        var result = await service.Client.CallAsync("get_user", $$"""{"id":"{{id}}"}""");

        Assert.Equal("failed", result.Text("status"));
        Assert.Empty(receiver.Requests);
    }

    [Fact]
    public async Task Redirect_to_a_metadata_address_is_refused()
    {
        await using var receiver = await HttpReceiver.StartAsync((context, _) =>
        {
            context.Response.Redirect("http://169.254.169.254/latest/meta-data/iam/");
            return Task.CompletedTask;
        });
        await using var service = await new TestTools().StartServiceAsync(Local);
        await service.Client.RegisterAsync(Get(receiver.Url));

        var error = (await service.Client.CallAsync("get_user", """{"id":"1"}""")).GetProperty("error");

        Assert.Contains("cloud metadata address", error.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_that_means_a_private_address_when_it_is_called_is_refused()
    {
        await using var receiver = await HttpReceiver.StartAsync("1");
        await using var service = await TestService.StartAsync(
            customize: builder => builder.Services.AddSingleton(new GuardedHttp(
                new HttpOptions(), TimeProvider.System, (_, _) => Task.FromResult(new[] { IPAddress.Loopback }))));
        await service.Client.RegisterAsync(Get(receiver.Url.Replace("127.0.0.1", "rebinding.example", StringComparison.Ordinal)));

        var error = (await service.Client.CallAsync("get_user", """{"id":"1"}""")).GetProperty("error");

        Assert.Contains("'rebinding.example' has a loopback address", error.Text("message"), StringComparison.Ordinal);
        Assert.Empty(receiver.Requests);
    }

    [Fact]
    public async Task Answer_that_comes_drop_by_drop_ends_with_the_tools_time()
    {
        await using var receiver = await HttpReceiver.StartAsync(async (context, _) =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("[", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using var service = await new TestTools().StartServiceAsync(Local);
        await service.Client.RegisterAsync(Post(receiver.Url, more: ""","policy":{"timeout":"00:00:00.300"}"""));

        var result = await service.Client.CallAsync("post_note", """{"text":"x"}""");

        Assert.Equal("timed_out", result.Text("status"));
        Assert.False(result.GetProperty("error").GetProperty("retryable").GetBoolean());
    }

    [Fact]
    public async Task Answer_without_end_is_an_error()
    {
        await using var receiver = await HttpReceiver.StartAsync(async (context, _) =>
        {
            context.Response.ContentType = "application/json";
            var chunk = Enumerable.Repeat((byte)' ', 65_536).ToArray();
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
        });
        await using var service = await new TestTools().StartServiceAsync(Local, ("Http:MaxResponseBytes", "100000"));
        await service.Client.RegisterAsync(Get(receiver.Url));

        var error = (await service.Client.CallAsync("get_user", """{"id":"1"}""")).GetProperty("error");

        Assert.Equal("'127.0.0.1' answered with more than 100,000 bytes, the most that is read. Ask for less.", error.Text("message"));
    }

    [Fact]
    public async Task Arguments_go_where_the_definition_says()
    {
        await using var receiver = await HttpReceiver.StartAsync("null");
        await using var service = await new TestTools().StartServiceAsync(Local);
        await service.Client.RegisterAsync(
            $$$"""
            {"name":"search","description":"Searches.","method":"POST","url":"{{{receiver.Url}}}/v1/{space}/search?q={text}&fixed=a+b",
             "input_schema":{"type":"object","properties":{"space":{"type":"string"},"text":{"type":"string"},"filter":{"type":"object"},
               "trace":{"type":"string"},"lang":{"type":"string","default":"en"},"limit":{"type":"integer","default":10},"size":{"type":"number"}},
               "required":["space","text"],"additionalProperties":false},
             "in":{"filter":{"in":"query","style":"deepObject"},"trace":{"in":"header","name":"X-Trace"},"lang":"cookie",
               "size":{"in":"body","name":"page_size"}} }
            """);

        await service.Client.CallAsync("search", """{"space":"a b","text":"x&y=1","filter":{"a":{"b":1}},"trace":"t","size":1.50}""");

        var request = Assert.Single(receiver.Requests);
        Assert.Equal("POST /v1/a%20b/search?fixed=a%20b&q=x%26y%3D1&filter%5Ba%5D%5Bb%5D=1", request.Path);
        Assert.Equal(("t", "lang=en", """{"limit":10,"page_size":1.50}"""), (request.Headers["X-Trace"], request.Headers["Cookie"], request.Body));
        Assert.False(request.Headers.ContainsKey("traceparent"));
    }
}
