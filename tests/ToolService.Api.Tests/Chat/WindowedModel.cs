using System.Text.Json;
using ToolService.Testing;

namespace ToolService.Api.Tests.Chat;

/// <summary>A scripted model that counts what it is sent, says so, and refuses what is more than its window.</summary>
/// <param name="window">How many tokens it reads.</param>
internal sealed class WindowedModel(int window)
{
    // Not the four of the rule of thumb, so that the service has to go by what it is told.
    private const int CharactersPerToken = 3;

    private int _refusals;

    /// <summary>What a refusal says; it gets the window and the tokens of the request.</summary>
    public Func<int, int, string> Refusal { get; init; } =
        (limit, asked) => $"This model's maximum context length is {limit} tokens. However, your messages resulted in {asked} tokens.";

    /// <summary>How many requests it refused.</summary>
    public int Refusals => _refusals;

    /// <summary>Whether a request is for a summary.</summary>
    public static bool IsForSummary(JsonElement body) => MessagesOf(body)[0].Text("content").StartsWith("You summarise", StringComparison.Ordinal);

    public static IReadOnlyList<JsonElement> MessagesOf(JsonElement body) => [.. body.GetProperty("messages").EnumerateArray()];

    /// <summary>An answer in words, unless the request is too long.</summary>
    public ScriptedReply Say(JsonElement body, string text) => Reply(body, new { role = "assistant", content = text }, "stop", text.Length);

    /// <summary>A call, unless the request is too long.</summary>
    public ScriptedReply Call(JsonElement body, string name, string arguments) => Reply(
        body,
        new { role = "assistant", tool_calls = new[] { new { index = 0, id = "call_1", type = "function", function = new { name, arguments } } } },
        "tool_calls",
        arguments.Length);

    private ScriptedReply Reply(JsonElement body, object delta, string finishReason, int written)
    {
        var read = (MessagesOf(body).Sum(message => message.GetRawText().Length)
            + (body.TryGetProperty("tools", out var tools) ? tools.GetRawText().Length : 0)) / CharactersPerToken;
        if (read > window)
        {
            Interlocked.Increment(ref _refusals);
            return ScriptedReply.Error(400, Refusal(window, read));
        }

        return ScriptedReply.Chunks(
            JsonSerializer.Serialize(new { choices = new[] { new { index = 0, delta, finish_reason = finishReason } } }),
            JsonSerializer.Serialize(new
            {
                choices = Array.Empty<object>(),
                usage = new { prompt_tokens = read, completion_tokens = Math.Max(1, written / CharactersPerToken) },
            }));
    }
}
