using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ToolService.Api.Tests.Durability;
using ToolService.Api.Tests.Hosting;
using ToolService.Core.Conversations.Callbacks;
using ToolService.Testing;

namespace ToolService.Api.Tests.Chat;

public sealed class CallbackTests : IDisposable
{
    private const string Secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private static readonly byte[] Key = Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdef");
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1),
        TimeSpan.FromHours(6),
    ];

    private readonly TestTools _tools = new();
    private readonly ManualTime _time = new();
    private readonly RecordingLogs _logs = new();
    private bool _mayReachReceiver = true;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _logs.Dispose();

    [Fact]
    public async Task Answer_arrives_signed_when_the_turn_ends()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("echo", """{"text":"x"}""")), ScriptedReply.Text("Done: ä."));
        await using var service = await StartAsync(model);

        var answer = await ChatAsync(service, receiver.Url);
        var request = await receiver.NextAsync(Cancellation);

        AssertSigned(request);
        Assert.True(JsonElement.DeepEquals(answer, request.Json), $"{answer}\n{request.Body}");
        Assert.StartsWith("application/json", request.Headers["Content-Type"], StringComparison.Ordinal);
        var callback = await CallbackAsync(service, answer, "delivered");
        Assert.Equal(1, callback.GetProperty("attempts").GetInt32());
        Assert.False(callback.TryGetProperty("next_attempt_at", out _));
    }

    [Fact]
    public async Task Turn_that_waits_is_told_once_and_its_end_on_its_own()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("delete_note", """{"text":"x"}""")), ScriptedReply.Text("Deleted."));
        await using var service = await StartAsync(model);
        var turn = await ChatAsync(service, receiver.Url);
        var waiting = await receiver.NextAsync(Cancellation);
        await CallbackAsync(service, turn, "delivered");
        await service.RestartAsync();
        _tools.AddTo(service);

        var confirmation = waiting.Json.GetProperty("pending_confirmations")[0].Text("id");
        await service.Client.PostJsonAsync($"/v1/confirmations/{confirmation}", """{"decision":"approve"}""");
        var ended = await receiver.NextAsync(Cancellation);

        Assert.Equal(("awaiting_confirmation", "completed"), (waiting.Json.Text("status"), ended.Json.Text("status")));
        Assert.NotEqual(waiting.Headers["webhook-id"], ended.Headers["webhook-id"]);
        AssertSigned(ended);
    }

    [Fact]
    public async Task Failed_turn_is_told_with_its_reason()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        await using var model = await ScriptedModelServer.StartAsync();
        await using var service = await StartAsync(model);

        await ChatAsync(service, receiver.Url, expected: HttpStatusCode.BadGateway);
        var request = await receiver.NextAsync(Cancellation);

        Assert.Equal("failed", request.Json.Text("status"));
        Assert.Equal("model_error", request.Json.GetProperty("reason").Text("code"));
    }

    [Fact]
    public async Task Refused_callback_is_sent_again_under_its_id_until_it_is_taken()
    {
        int[] refusals = [500, 302, 404];
        await using var receiver = await CallbackReceiver.StartAsync(refusals);
        await using var service = await StartAsync();
        var turn = await ChatAsync(service, receiver.Url);
        var requests = new List<RecordedRequest> { await receiver.NextAsync(Cancellation) };
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var callback = await CallbackAsync(service, turn, "pending", attempt);
            Assert.Contains($"status {refusals[attempt - 1]}", callback.Text("last_error"), StringComparison.Ordinal);
            Assert.InRange(callback.GetProperty("next_attempt_at").GetDateTimeOffset() - _time.GetUtcNow(), Waits[attempt - 1] * 0.7, Waits[attempt - 1] * 1.2);
            _time.Advance(Waits[attempt - 1] * 1.2);
            requests.Add(await receiver.NextAsync(Cancellation));
        }

        await CallbackAsync(service, turn, "delivered", 4);
        Assert.All(requests, AssertSigned);
        Assert.Single(requests.Select(request => request.Headers["webhook-id"]).Distinct());
        Assert.Equal(4, requests.Select(request => request.Headers["webhook-timestamp"]).Distinct().Count());
        Assert.Equal(4, receiver.Requests.Count);
    }

    [Fact]
    public async Task Callback_is_given_up_after_seven_attempts()
    {
        await using var receiver = await CallbackReceiver.StartAsync((_, _) => Task.FromResult(Results.StatusCode(503)));
        await using var service = await StartAsync();
        var turn = await ChatAsync(service, receiver.Url);
        for (var attempt = 1; attempt <= Waits.Length; attempt++)
        {
            await CallbackAsync(service, turn, "pending", attempt);
            _time.Advance(Waits[attempt - 1] * 1.2);
        }

        var callback = await CallbackAsync(service, turn, "failed", 7);

        Assert.False(callback.TryGetProperty("next_attempt_at", out _));
        // It is logged when it is stored, so a moment after it can be read.
        while (!_logs.Entries.Any(entry => entry.Level is LogLevel.Warning && entry.Message.Contains("given up", StringComparison.Ordinal)))
        {
            Cancellation.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [Fact]
    public async Task Receiver_that_is_gone_gets_no_more()
    {
        await using var receiver = await CallbackReceiver.StartAsync(410);
        await using var service = await StartAsync();

        var turn = await ChatAsync(service, receiver.Url);

        await CallbackAsync(service, turn, "failed", 1);
        Assert.Single(receiver.Requests);
    }

    [Fact]
    public async Task Receiver_that_does_not_answer_is_left_after_ten_seconds()
    {
        var never = new TaskCompletionSource<IResult>();
        await using var receiver = await CallbackReceiver.StartAsync((_, before) => before == 0 ? never.Task : Task.FromResult(Results.Ok()));
        await using var service = await StartAsync();
        var turn = await ChatAsync(service, receiver.Url);
        await receiver.NextAsync(Cancellation);

        _time.Advance(TimeSpan.FromSeconds(11));
        var callback = await CallbackAsync(service, turn, "pending", 1);
        _time.Advance(TimeSpan.FromSeconds(7));
        await receiver.NextAsync(Cancellation);

        Assert.Contains("10 seconds", callback.Text("last_error"), StringComparison.Ordinal);
        await CallbackAsync(service, turn, "delivered", 2);
    }

    [Fact]
    public async Task Callback_that_nobody_took_is_sent_after_a_restart()
    {
        Uri url;
        await using (var first = await CallbackReceiver.StartAsync())
            url = first.Url;
        await using var service = await StartAsync();
        var turn = await ChatAsync(service, url);
        var refused = await CallbackAsync(service, turn, "pending", 1);

        await service.RestartAsync();
        await using var receiver = await CallbackReceiver.StartAsync((_, _) => Task.FromResult(Results.Ok()), url.Port);
        _time.Advance(TimeSpan.FromSeconds(7));

        AssertSigned(await receiver.NextAsync(Cancellation));
        await CallbackAsync(service, turn, "delivered", 2);
        Assert.Contains("could not be connected to", refused.Text("last_error"), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Callback_is_sent_after_a_kill_between_the_end_and_its_delivery()
    {
        var never = new TaskCompletionSource<IResult>();
        await using var receiver = await CallbackReceiver.StartAsync((_, before) => before == 0 ? never.Task : Task.FromResult(Results.Ok()));
        using var service = new KillableService(
            ("Models:Default", "demo"), ("Chat:Callbacks:Secret", Secret), ("Http:AllowPrivateNetworks:0", "127.0.0.1/32"));
        await service.StartAsync();
        var turn = await service.PostAsync("/v1/chat", new { message = "What is 1 + 2?", callback_url = receiver.Url });
        var first = await receiver.NextAsync(Cancellation);

        await service.KillAsync();
        await service.StartAsync();
        var second = await receiver.NextAsync(Cancellation);

        AssertSigned(second);
        Assert.Equal(first.Headers["webhook-id"], second.Headers["webhook-id"]);
        Assert.Equal(first.Body, second.Body);
        Assert.Equal(turn.Text("turn_id"), second.Json.Text("turn_id"));
    }

    [Fact]
    public async Task Callback_that_the_store_wrote_without_the_service_hearing_of_it_is_sent_soon()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        await using var service = await StartAsync();
        var turn = await ChatAsync(service, receiver.Url);
        await receiver.NextAsync(Cancellation);
        await CallbackAsync(service, turn, "delivered", 1);
        Assert.Equal(1, DatabaseFile.Change(service, "UPDATE callbacks SET status = 'pending', attempts = 0, next_attempt_at = created_at"));

        _time.Advance(TimeSpan.FromMinutes(1));

        AssertSigned(await receiver.NextAsync(Cancellation));
        await CallbackAsync(service, turn, "delivered", 1);
    }

    [Fact]
    public async Task Callback_that_is_being_sent_is_not_sent_beside_it()
    {
        var answer = new TaskCompletionSource<IResult>();
        await using var receiver = await CallbackReceiver.StartAsync((_, _) => answer.Task);
        await using var service = await StartAsync();
        var turn = await ChatAsync(service, receiver.Url);
        await receiver.NextAsync(Cancellation);
        var id = receiver.Requests[0].Headers["webhook-id"];

        Assert.Null(await service.Services.GetRequiredService<CallbackSender>().TryAsync(id, Cancellation));
        answer.SetResult(Results.Ok());

        await CallbackAsync(service, turn, "delivered", 1);
        Assert.Single(receiver.Requests);
    }

    [Fact]
    public async Task Slow_receiver_does_not_hold_up_another_callback()
    {
        var slow = new TaskCompletionSource<IResult>();
        await using var receiver = await CallbackReceiver.StartAsync(
            (request, _) => request.Path.Contains("slow", StringComparison.Ordinal) ? slow.Task : Task.FromResult(Results.Ok()));
        await using var service = await StartAsync();
        var first = await ChatAsync(service, new Uri(receiver.Url, "/slow"));
        await receiver.NextAsync(Cancellation);

        var second = await ChatAsync(service, receiver.Url);

        await CallbackAsync(service, second, "delivered");
        slow.SetResult(Results.Ok());
        await CallbackAsync(service, first, "delivered");
    }

    [Theory]
    [InlineData("http://10.1.2.3/hook", "private address")]
    [InlineData("http://169.254.169.254/latest", "cloud metadata address")]
    [InlineData("http://localhost:8080/hook", "loopback address")]
    [InlineData("http://[::ffff:10.0.0.1]/hook", "private address")]
    [InlineData("https://user:password@example.org/", "before '@'")]
    [InlineData("https://example.org:22/", "Port 22")]
    [InlineData("ftp://example.org/", "http and https")]
    [InlineData("/hook", "complete URL")]
    [InlineData("", "complete URL")]
    public async Task Address_that_the_service_does_not_open_is_refused_at_once(string url, string reason)
    {
        _mayReachReceiver = false;
        await using var service = await StartAsync();

        var problem = await service.Client.PostJsonAsync(
            "/v1/chat", JsonSerializer.Serialize(new { message = "Hello.", callback_url = url }), HttpStatusCode.BadRequest);

        var error = problem.GetProperty("errors")[0];
        Assert.Equal("/callback_url", error.Text("pointer"));
        Assert.Contains(reason, error.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_is_checked_again_when_the_callback_is_sent()
    {
        await using var receiver = await CallbackReceiver.StartAsync(500);
        await using var service = await StartAsync();
        var turn = await ChatAsync(service, receiver.Url);
        await CallbackAsync(service, turn, "pending", 1);
        _mayReachReceiver = false;

        await service.RestartAsync();
        _time.Advance(TimeSpan.FromSeconds(7));
        var callback = await CallbackAsync(service, turn, "pending", 2);

        Assert.Contains("loopback address", callback.Text("last_error"), StringComparison.Ordinal);
        Assert.Single(receiver.Requests);
    }

    [Fact]
    public async Task Without_a_secret_the_setting_is_named()
    {
        await using var service = await TestService.StartAsync();

        var problem = await service.Client.PostJsonAsync(
            "/v1/chat", """{"message":"Hello.","callback_url":"https://example.org/hook"}""", HttpStatusCode.BadRequest);

        Assert.Equal("/callback_url", problem.GetProperty("errors")[0].Text("pointer"));
        Assert.Contains("Chat:Callbacks:Secret", problem.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("too-short")]
    [InlineData("whsec_not base64 at all, yet long enough")]
    [InlineData("whsec_c2hvcnQ=")]
    public async Task Secret_that_is_none_stops_the_start_and_is_not_shown(string secret)
    {
        using var folder = new TemporaryFolder();

        var (code, _, error) = await ServiceProcess.RunAsync(folder.Path, "--urls=http://127.0.0.1:0", $"--Chat:Callbacks:Secret={secret}");

        Assert.Equal(1, code);
        Assert.StartsWith("Chat:Callbacks:Secret", error, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_in_the_url_reach_the_receiver_and_nobody_else()
    {
        await using var receiver = await CallbackReceiver.StartAsync(500, 204);
        await using var service = await StartAsync();
        var turn = await ChatAsync(service, new Uri(receiver.Url, "/hook?token=hunter2#part"));
        var callback = await CallbackAsync(service, turn, "pending", 1);
        _time.Advance(TimeSpan.FromSeconds(7));
        await CallbackAsync(service, turn, "delivered", 2);

        Assert.Equal(receiver.Url.ToString(), callback.Text("url"));
        Assert.Equal("/hook?token=hunter2", receiver.Requests[1].Path);
        Assert.DoesNotContain("hunter2", receiver.Requests[1].Body, StringComparison.Ordinal);
        Assert.DoesNotContain(_logs.Entries, entry => $"{entry.Message} {entry.Exception}".Contains("hunter2", StringComparison.Ordinal));
        Assert.DoesNotContain(_logs.Entries, entry => $"{entry.Message} {entry.Exception}".Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Callbacks_of_a_deleted_session_are_not_sent()
    {
        await using var receiver = await CallbackReceiver.StartAsync(500);
        await using var service = await StartAsync();
        var turn = await ChatAsync(service, receiver.Url);
        await CallbackAsync(service, turn, "pending", 1);
        using var deleted = await service.Client.DeleteAsync($"/v1/chat/sessions/{turn.Text("session_id")}", Cancellation);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);

        _time.Advance(TimeSpan.FromSeconds(7));
        var other = await ChatAsync(service, receiver.Url);

        await CallbackAsync(service, other, "delivered", 1);
        Assert.Equal(2, receiver.Requests.Count);
    }

    [Fact]
    public async Task Same_key_with_another_callback_is_a_conflict()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        await using var service = await StartAsync();
        service.Client.DefaultRequestHeaders.Add("Idempotency-Key", "key-1");
        await ChatAsync(service, receiver.Url);

        var problem = await ChatAsync(service, new Uri(receiver.Url, "/other"), HttpStatusCode.Conflict);

        Assert.Equal("idempotency_key_reused", problem.Text("code"));
    }

    // As a receiver does it, without the service's code.
    private static void AssertSigned(RecordedRequest request)
    {
        var signed = $"{request.Headers["webhook-id"]}.{request.Headers["webhook-timestamp"]}.{request.Body}";
        var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(signed)));
        Assert.Equal(expected, request.Headers["webhook-signature"]);
        Assert.StartsWith("cb_", request.Headers["webhook-id"], StringComparison.Ordinal);
    }

    /// <summary>The state of a turn's callback, when it has come to this.</summary>
    private static async Task<JsonElement> CallbackAsync(TestService service, JsonElement turn, string status, int? attempts = null)
    {
        while (true)
        {
            var callback = (await service.Client.GetJsonAsync($"/v1/chat/turns/{turn.Text("turn_id")}")).GetProperty("callback");
            if (callback.Text("status") == status && (attempts is null || callback.GetProperty("attempts").GetInt32() == attempts))
                return callback;
            await Task.Yield();
        }
    }

    private static Task<JsonElement> ChatAsync(TestService service, Uri callback, HttpStatusCode expected = HttpStatusCode.OK) =>
        service.Client.PostJsonAsync("/v1/chat", JsonSerializer.Serialize(new { message = "What is 1 + 2?", callback_url = callback }), expected);

    private async Task<TestService> StartAsync(ScriptedModelServer? model = null)
    {
        var settings = new Dictionary<string, string> { ["Chat:Callbacks:Secret"] = Secret };
        if (model is not null)
        {
            settings["Models:Endpoints:scripted:BaseUrl"] = model.BaseUrl.ToString();
            settings["Models:Endpoints:scripted:Model"] = "scripted";
            settings["Models:Default"] = "scripted";
        }

        var service = await TestService.StartAsync(settings, Customize);
        _tools.AddTo(service);
        return service;
    }

    private void Customize(WebApplicationBuilder builder)
    {
        _time.Use(builder.Services);
        builder.Logging.AddProvider(_logs).SetMinimumLevel(LogLevel.Trace).AddFilter<RecordingLogs>(null, LogLevel.Trace);
        if (_mayReachReceiver)
            builder.Configuration["Http:AllowPrivateNetworks:0"] = "127.0.0.1/32";
    }
}
