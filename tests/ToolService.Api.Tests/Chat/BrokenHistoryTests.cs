using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ToolService.Api.Tests.Hosting;
using ToolService.Core.Conversations;
using ToolService.Testing;

namespace ToolService.Api.Tests.Chat;

public sealed class BrokenHistoryTests
{
    [Fact]
    public async Task History_that_a_fault_has_broken_is_sent_whole_told_in_the_log_and_kept_as_it_is()
    {
        var logs = new RecordingLogs();
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Text("ok"));
        await using var service = await TestService.StartAsync(
            new Dictionary<string, string>
            {
                ["Models:Endpoints:scripted:BaseUrl"] = model.BaseUrl.ToString(),
                ["Models:Endpoints:scripted:Model"] = "scripted",
                ["Models:Default"] = "scripted",
            },
            builder => builder.Logging.AddProvider(logs));
        await AddBrokenAsync(service);

        await service.Client.PostJsonAsync("/v1/chat", """{"session_id":"sess_1","message":"And?"}""");

        var request = Assert.Single(model.Requests);
        Assert.Empty(StrictChatCompletions.Violations(request.Json));
        Assert.Contains("outcome_unknown", request.Body, StringComparison.Ordinal);
        var warning = Assert.Single(logs.Entries, entry => entry.Level == LogLevel.Warning);
        Assert.Contains("sess_1", warning.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", warning.Message, StringComparison.Ordinal);
        var messages = await service.Client.GetJsonAsync("/v1/chat/sessions/sess_1/messages");
        Assert.Equal(["user", "assistant", "user", "assistant"], messages.EnumerateArray().Select(message => message.Text("role")));
    }

    private static Task AddBrokenAsync(TestService service)
    {
        var now = TimeProvider.System.GetUtcNow();
        var call = new FunctionCallContent("a", "echo", new Dictionary<string, object?> { ["text"] = "hunter2" });
        return service.Services.GetRequiredService<IConversationStore>().AddSessionAsync(
            new Session { Id = "sess_1", Owner = "local", MessageCount = 2, CreatedAt = now, UpdatedAt = now },
            [new SessionMessage(0, null, new ChatMessage(ChatRole.User, "Go."), now), new SessionMessage(1, null, new ChatMessage(ChatRole.Assistant, [call]), now)]);
    }
}
