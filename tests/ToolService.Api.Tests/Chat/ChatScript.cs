using FsCheck;
using FsCheck.Fluent;
using ToolService.Testing;

namespace ToolService.Api.Tests.Chat;

/// <summary>What happens in a turn: what the model answers, and what people do meanwhile.</summary>
/// <param name="Replies">The model's answers, round by round; then it says something.</param>
/// <param name="Decision">What becomes of calls that wait for a person: <c>approve</c>, <c>deny</c> or <c>cancel</c> (the turn).</param>
/// <param name="IsCancelled">Whether the turn is cancelled as soon as it can be.</param>
/// <param name="IsInterrupted">Whether the service is stopped and started while calls wait for a person.</param>
internal sealed record ChatScript(IReadOnlyList<string> Replies, string Decision, bool IsCancelled, bool IsInterrupted)
{
    private const string Thought = """{"choices":[{"index":0,"delta":{"role":"assistant","reasoning_content":"Hm."},"finish_reason":"stop"}]}""";

    private static readonly Dictionary<string, (string Name, string Arguments)> Calls = new(StringComparer.Ordinal)
    {
        ["succeeds"] = ("echo", """{"text":"x"}"""),
        ["fails"] = ("refuse", "{}"),
        ["throws"] = ("throw", ""),
        ["is unknown"] = ("nope", "{}"),
        ["has no name"] = ("", "{}"),
        ["has a bad name"] = ("functions.echo é", "{}"),
        ["is invalid"] = ("echo", """{"text":1}"""),
        ["is malformed"] = ("echo", "{\"text\":"),
        ["waits"] = ("delete_note", """{"text":"x"}"""),
        ["hangs"] = ("hang", "{}"),
    };

    private static readonly Dictionary<string, Func<ScriptedReply>> Ends = new(StringComparer.Ordinal)
    {
        ["answers"] = () => ScriptedReply.Text("That is it."),
        ["answers nothing"] = () => ScriptedReply.Text(""),
        ["answers a space"] = () => ScriptedReply.Text(" \n"),
        ["only thinks"] = () => ScriptedReply.Chunks(Thought),
        ["refuses"] = () => ScriptedReply.Error(400, "No."),
        ["breaks off"] = () => ScriptedReply.Text(new string('x', 100)) with { CutAfter = 900 },
    };

    /// <summary>The turns of a session.</summary>
    public static Gen<IReadOnlyList<ChatScript>> Turns() => from turns in Turn().NonEmptyListOf() select (IReadOnlyList<ChatScript>)[.. turns.Take(5)];

    /// <summary>The model's answers.</summary>
    public IEnumerable<ScriptedReply> Answers() => Replies.Select(reply =>
        Ends.TryGetValue(reply, out var end) ? end() : ScriptedReply.Message(reply.Length % 2 == 0 ? " " : null, [.. reply.Split(',').Select(call => Calls[call])]));

    public override string ToString() =>
        $"{string.Join(" / ", Replies)}; {Decision}{(IsCancelled ? "; cancelled" : "")}{(IsInterrupted ? "; interrupted" : "")}";

    private static Gen<ChatScript> Turn() =>
        from rounds in Gen.Elements(Calls.Keys.ToArray()).NonEmptyListOf().ListOf()
        from end in Gen.Elements(Ends.Keys.ToArray())
        from decision in Gen.Elements("approve", "deny", "cancel")
        from isCancelled in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        from isInterrupted in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        let replies = rounds.Take(4).Select(round => string.Join(',', round)).Append(end).ToList()
        // What hangs would do so until the deadline.
        select new ChatScript(replies, decision, isCancelled || replies.Exists(reply => reply.Contains("hangs", StringComparison.Ordinal)), isInterrupted);
}
