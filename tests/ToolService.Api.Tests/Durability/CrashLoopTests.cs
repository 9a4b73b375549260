using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using ToolService.Testing;

namespace ToolService.Api.Tests.Durability;

public sealed class CrashLoopTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Turn_in_which_the_service_goes_down_again_and_again_is_given_up_and_no_other_is_blamed()
    {
        // The guilty one is never answered; the other one not before it is asked for the third time.
        var asked = Channel.CreateUnbounded<string>();
        var counts = new ConcurrentDictionary<string, int>();
        var never = new TaskCompletionSource();
        await using var model = await ScriptedModelServer.StartAsync(request =>
        {
            var message = request.GetProperty("messages").EnumerateArray().Last().Text("content");
            var count = counts.AddOrUpdate(message, 1, (_, before) => before + 1);
            asked.Writer.TryWrite(message);
            return message == "innocent" && count == 3 ? ScriptedReply.Text("Here I am.") : ScriptedReply.Text("") with { Release = never.Task };
        });
        using var service = new KillableService(
            ("Models:Endpoints:scripted:BaseUrl", model.BaseUrl.ToString()), ("Models:Endpoints:scripted:Model", "scripted"),
            ("Models:Endpoints:scripted:ApiKey", "test"), ("Models:Default", "scripted"), ("Chat:MaxAttempts", "3"));
        await service.StartAsync();
        var (guilty, innocent) = (await BeginAsync(service, "guilty", asked), await BeginAsync(service, "innocent", asked));

        await service.KillAsync();
        await service.StartAsync();
        Assert.Equal(["guilty", "innocent"], new[] { await NextAsync(asked), await NextAsync(asked) }.Order());
        await service.KillAsync();
        await service.StartAsync();
        Assert.Equal("guilty", await NextAsync(asked));
        await service.KillAsync();
        await service.StartAsync();

        Assert.Equal(("failed", "interrupted"), await EndAsync(service, guilty));
        Assert.Equal(("completed", null), await EndAsync(service, innocent));
        Assert.Equal((3, 3), (counts["guilty"], counts["innocent"]));
        never.SetResult();
    }

    private static async Task<string> BeginAsync(KillableService service, string message, Channel<string> asked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat")
        {
            Content = new StringContent($$"""{"message":"{{message}}","stream":true}""", System.Text.Encoding.UTF8, "application/json"),
        };
        using var response = await service.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal(message, await NextAsync(asked));
        var sessions = await service.ListAsync("/v1/chat/sessions");
        return sessions[0].Text("active_turn_id");
    }

    private static async Task<string> NextAsync(Channel<string> asked) => await asked.Reader.ReadAsync(Cancellation);

    /// <summary>How the turn ends; its events say when.</summary>
    private static async Task<(string Status, string? Reason)> EndAsync(KillableService service, string turnId)
    {
        using var events = await service.Client.GetAsync($"/v1/chat/turns/{turnId}/events", Cancellation);
        Assert.True(events.IsSuccessStatusCode);
        using var response = await service.Client.GetAsync($"/v1/chat/turns/{turnId}", Cancellation);
        var turn = JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        return (turn.Text("status"), turn.TryGetProperty("reason", out var reason) ? reason.Text("code") : null);
    }
}
