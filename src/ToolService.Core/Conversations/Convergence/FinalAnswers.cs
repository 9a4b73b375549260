using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using ToolService.Core.Execution;
using ToolService.Core.Tools;

namespace ToolService.Core.Conversations.Convergence;

/// <summary>Makes the answer of a turn of a call of <see cref="FinalAnswerTool"/>.</summary>
internal sealed class FinalAnswers(ToolRegistry registry, TimeProvider time)
{
    private const string Member = "answer";

    // In the order in which they are looked for.
    private static readonly string[] Aliases =
        [Member, FinalAnswerTool.Name, "final", "text", "result", "response", "reply", "content", "output", "message"];

    /// <summary>Whether this is the service's own tool, and not another of its name.</summary>
    public bool IsFinal(string toolName) =>
        toolName == FinalAnswerTool.Name && registry.Current.FindInTurn(toolName) is { Source: ToolCatalog.TurnSource };

    /// <summary>The call as it was meant, whatever the model calls the answer. Other calls stay as they are.</summary>
    public ToolCall Read(ToolCall call) =>
        IsFinal(call.ToolName) && !call.IsCutOff && TextOf(call.Arguments) is { Length: > 0 } text
            ? call with { Arguments = new JsonObject { [Member] = text }.ToJsonString() }
            : call;

    /// <summary>
    /// Why an answer that a call gave is not the user's: another call of its round belies it, or it does not satisfy the turn's schema.
    /// Null for other calls, and where it is.
    /// </summary>
    public string? NoteOn(TurnState state, CallRecord call, IEnumerable<CallRecord> round)
    {
        if (!IsFinal(call.ToolName) || call.Status is not CallStatus.Succeeded)
            return null;
        if (round.Any(other => other.Status is not CallStatus.Succeeded))
            return "The user was not given this answer: another call of this round failed. Look at its result, then answer again.";
        return AnswerOf(state, call, out var errors) is null
            ? $"The user was not given this answer: {errors} Answer with the corrected JSON value alone, without a call."
            : null;
    }

    /// <summary>
    /// Makes the answer the turn's last message, where the round that was just answered gives one, none of its calls failed, and it is one
    /// that the turn may have.
    /// </summary>
    public bool TryGive(TurnState state)
    {
        var rounds = CallRounds.Of(state);
        if (rounds is not [.., var round] || state.Unanswered.Count > 0 || round.Any(call => call.Status is not CallStatus.Succeeded))
            return false;
        if (round.LastOrDefault(call => IsFinal(call.ToolName)) is not { } given || AnswerOf(state, given, out _) is not { } text)
            return false;

        state.Log.Publish(new TurnEvent.Content(text));
        state.Append(new ChatMessage(ChatRole.Assistant, text), time.GetUtcNow());
        state.Turn = state.Turn with { Reply = text, Progress = state.Turn.Progress with { Rejected = null } };
        return true;
    }

    // Not offered to a turn with a schema, but a model may know it from earlier turns.
    private static string? AnswerOf(TurnState state, CallRecord given, out string errors)
    {
        errors = "";
        var text = TextOf(given.Arguments);
        return state.Response is { } schema ? schema.Read(text, out errors) : text;
    }

    /// <summary>
    /// The answer in a call's arguments: a member of a likely name, the only text there is, or all of it as JSON; else empty.
    /// </summary>
    internal static string TextOf(string arguments)
    {
        JsonElement value;
        try
        {
            value = JsonElement.Parse(arguments);
        }
        catch (JsonException)
        {
            // Braces that do not close are a call that failed to be one, and go the way of all such calls.
            return arguments.TrimStart() is ['{' or '[', ..] ? "" : arguments.Trim();
        }

        if (value.ValueKind is not JsonValueKind.Object)
            return Text(value);

        var members = value.EnumerateObject().ToList();
        foreach (var alias in Aliases)
        {
            var at = members.FindIndex(member => member.Name.Equals(alias, StringComparison.OrdinalIgnoreCase));
            if (at >= 0)
                return Text(members[at].Value);
        }

        return members switch
        {
            [] => "",
            [{ Value.ValueKind: JsonValueKind.String } only] => Text(only.Value),
            _ => value.GetRawText(),
        };
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Trim(),
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };
}
