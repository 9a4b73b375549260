using System.Text.Json;
using ToolService.Testing;

namespace ToolService.Benchmarks;

/// <summary>A model that answers at once: the first time with one tool call, and with words when it has the result.</summary>
internal static class ModelServer
{
    private static readonly ScriptedReply Call = ScriptedReply.Calls(("calculator", """{"expression":"17 * 23"}"""));
    private static readonly ScriptedReply Answer = ScriptedReply.Text("17 * 23 = 391.");

    public static async Task RunAsync()
    {
        await using var server = await ScriptedModelServer.StartAsync(HasResult, record: false);
        Console.WriteLine(server.BaseUrl);
        await Task.Delay(Timeout.InfiniteTimeSpan);
    }

    private static ScriptedReply HasResult(JsonElement request)
    {
        var messages = request.GetProperty("messages");
        return messages[messages.GetArrayLength() - 1].GetProperty("role").ValueEquals("tool") ? Answer : Call;
    }
}
