using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using ToolService.Core.Conversations;
using ToolService.Core.Models.OpenAIChat;
using ToolService.Testing;

namespace ToolService.Core.Tests.Conversations;

public class TranscriptPropertyTests
{
    [Fact]
    public void Any_history_is_sent_as_a_strict_provider_takes_it() => Check(Histories.Any(), history =>
        StrictChatCompletions.Violations(Wire(Transcript.ForRequest(history).Messages)));

    [Fact]
    public void Nothing_that_was_said_gets_lost() => Check(Histories.Any(), history =>
    {
        var sent = string.Concat(Transcript.ForRequest(history).Messages.Where(message => message.Role != ChatRole.System).Select(message => message.Text));
        var from = 0;
        foreach (var said in history.Where(message => message.Role == ChatRole.User || message.Role == ChatRole.Assistant))
        {
            if (string.IsNullOrWhiteSpace(said.Text))
                continue;
            from = sent.IndexOf(said.Text, from, StringComparison.Ordinal);
            if (from < 0)
                return [$"'{said.Text}' is not sent"];
            from += said.Text.Length;
        }

        return [];
    });

    [Fact]
    public void What_was_put_right_needs_nothing_more() => Check(Histories.Any(), history =>
    {
        var once = Transcript.ForRequest(history);
        var twice = Transcript.ForRequest(once.Messages);
        return twice.Repairs == 0 && JsonElement.DeepEquals(Wire(once.Messages), Wire(twice.Messages)) ? [] : [$"{twice.Repairs} repairs"];
    });

    [Fact]
    public void What_turns_leave_needs_no_repair() => Check(Histories.OfTurns(), history =>
    {
        var transcript = Transcript.ForRequest([.. history, new ChatMessage(ChatRole.User, "And now?")]);
        return transcript.Repairs == 0 ? StrictChatCompletions.Violations(Wire(transcript.Messages)) : [$"{transcript.Repairs} repairs"];
    });

    [Fact]
    public void Longer_history_begins_as_the_shorter_one_was_sent() => Check(Histories.OfTurns(), history =>
    {
        var whole = Wire(Transcript.ForRequest(history).Messages).GetRawText();
        for (var length = 1; length < history.Count; length++)
        {
            if (history[length - 1].Role == ChatRole.Assistant)
                continue;
            var part = Wire(Transcript.ForRequest(history.Take(length)).Messages).GetRawText();
            if (!whole.StartsWith(part[..^"]}".Length], StringComparison.Ordinal))
                return [$"the first {length} of {history.Count} are sent otherwise"];
        }

        return [];
    });

    [Fact]
    public void What_turns_leave_comes_back_as_it_was_taken_along() => Check(Histories.OfTurns(), history =>
    {
        var taken = TranscriptForm.Spread(history);
        var kept = TranscriptForm.Gather(taken);
        ChatMessage question = new(ChatRole.User, "And now?");
        var isSame = JsonElement.DeepEquals(
            Wire(Transcript.ForRequest([.. history, question]).Messages), Wire(Transcript.ForRequest([.. kept, question]).Messages));
        return isSame && JsonSerializer.Serialize(taken) == JsonSerializer.Serialize(TranscriptForm.Spread(kept)) ? [] : ["it is another"];
    });

    private static JsonElement Wire(IEnumerable<ChatMessage> messages) =>
        JsonElement.Parse(new ChatRequest("model", "max_tokens").Write(messages, options: null, stream: false).Span);

    private static void Check(Gen<IReadOnlyList<ChatMessage>> histories, Func<IReadOnlyList<ChatMessage>, IReadOnlyList<string>> violations) =>
        Prop.ForAll(Arb.From(histories), history =>
        {
            var found = violations(history);
            return Prop.Label(found.Count == 0, string.Join("; ", found));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(12));
}
