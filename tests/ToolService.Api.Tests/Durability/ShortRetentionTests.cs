using System.Net;
using ToolService.Testing;

namespace ToolService.Api.Tests.Durability;

public sealed class ShortRetentionTests
{
    private readonly TestTools _tools = new();
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Call_of_a_turn_that_waits_longer_than_the_history_is_kept_does_not_run_again()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("delete_note", """{"text":"a"}"""), ("add_note", """{"text":"meanwhile"}""")), ScriptedReply.Text("done"));
        var settings = new Dictionary<string, string>
        {
            ["Models:Endpoints:scripted:BaseUrl"] = model.BaseUrl.ToString(),
            ["Models:Endpoints:scripted:Model"] = "scripted",
            ["Models:Default"] = "scripted",
            ["Storage:HistoryRetention"] = "00:01:00",
        };
        await using var service = await TestService.StartAsync(settings, builder => _time.Use(builder.Services));
        _tools.AddTo(service);
        var waiting = await service.Client.PostJsonAsync("/v1/chat", """{"message":"Go."}""");
        await service.Client.CallAsync("echo", """{"text":"x"}""", callId: "newer");

        _time.Advance(TimeSpan.FromMinutes(5));
        await WaitUntilGoneAsync(service, "newer");
        await service.Client.PostJsonAsync(
            $"/v1/confirmations/{waiting.GetProperty("pending_confirmations")[0].Text("id")}", """{"decision":"approve"}""");
        await service.Client.GetStringAsync($"/v1/chat/turns/{waiting.Text("turn_id")}/events", TestContext.Current.CancellationToken);

        Assert.Equal(["meanwhile", "deleted a"], _tools.Effects);
    }

    private static async Task WaitUntilGoneAsync(TestService service, string callId)
    {
        while (true)
        {
            using var response = await service.Client.GetAsync($"/v1/tools/history/{callId}", TestContext.Current.CancellationToken);
            if (response.StatusCode is HttpStatusCode.NotFound)
                return;
            await Task.Yield();
        }
    }
}
