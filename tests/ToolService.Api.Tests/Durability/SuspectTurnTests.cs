using System.Text.Json;
using System.Threading.Channels;
using ToolService.Testing;

namespace ToolService.Api.Tests.Durability;

public sealed class SuspectTurnTests
{
    private readonly ManualTime _time = new();

    [Fact(Timeout = 60_000)]
    public async Task Turn_that_is_gone_on_with_alone_does_not_hold_up_one_that_is_lost_later()
    {
        var asked = Channel.CreateUnbounded<string>();
        var never = new TaskCompletionSource();
        var isHeld = false;
        await using var model = await ScriptedModelServer.StartAsync(request =>
        {
            var message = request.GetProperty("messages").EnumerateArray().Last().Text("content");
            asked.Writer.TryWrite(message);
            return message == "slow" && isHeld ? ScriptedReply.Text("") with { Release = never.Task } : ScriptedReply.Text("Here I am.");
        });
        var settings = new Dictionary<string, string>
        {
            ["Models:Endpoints:scripted:BaseUrl"] = model.BaseUrl.ToString(),
            ["Models:Endpoints:scripted:Model"] = "scripted",
            ["Models:Default"] = "scripted",
        };
        await using var service = await TestService.StartAsync(settings, builder => _time.Use(builder.Services));
        var slow = await ChatAsync(service, "slow");
        var lost = await ChatAsync(service, "lost");
        isHeld = true;
        Interrupt(service, slow, attempts: 2);
        await service.RestartAsync();
        foreach (var message in (string[])["slow", "lost", "slow"])
            Assert.Equal(message, await asked.Reader.ReadAsync(TestContext.Current.CancellationToken));

        Interrupt(service, lost, attempts: 1);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("lost", await asked.Reader.ReadAsync(TestContext.Current.CancellationToken));
        never.SetResult();
    }

    /// <summary>Leaves an ended turn as a crash had left it before the model answered.</summary>
    private static void Interrupt(TestService service, JsonElement turn, int attempts)
    {
        var (id, session) = (turn.Text("turn_id"), turn.Text("session_id"));
        DatabaseFile.Change(
            service,
            $"""
            UPDATE turns SET status = 'running', attempts = {attempts}, rounds = 0, reply = NULL WHERE id = '{id}';
            UPDATE sessions SET active_turn_id = '{id}', message_count = 1 WHERE id = '{session}';
            DELETE FROM session_messages WHERE session_id = '{session}' AND position > 0;
            DELETE FROM turn_events WHERE turn_id = '{id}';
            """);
    }

    private static Task<JsonElement> ChatAsync(TestService service, string message) =>
        service.Client.PostJsonAsync("/v1/chat", $$"""{"message":"{{message}}"}""");
}
