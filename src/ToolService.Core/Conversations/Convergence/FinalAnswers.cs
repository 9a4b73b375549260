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

    /// <summary>Whether an answer was given that another call of its round belies: the model must look at that first.</summary>
    public bool IsWithheld(CallRecord call, IEnumerable<CallRecord> round) =>
        IsFinal(call.ToolName) && call.Status is CallStatus.Succeeded && round.Any(other => other.Status is not CallStatus.Succeeded);

    /// <summary>
    /// Makes the answer the turn's last message, where the round that was just answered gives one and none of its calls failed.
    /// </summary>
    public bool TryGive(TurnState state)
    {
        var rounds = CallRounds.Of(state);
        if (rounds is not [.., var round] || state.Unanswered.Count > 0 || round.Any(call => call.Status is not CallStatus.Succeeded))
            return false;
        if (round.LastOrDefault(call => IsFinal(call.ToolName)) is not { } given)
            return false;

        var text = TextOf(given.Arguments)!;
        state.Log.Publish(new TurnEvent.Content(text));
        state.Append(new ChatMessage(ChatRole.Assistant, text), time.GetUtcNow());
        state.Turn = state.Turn with { Reply = text };
        return true;
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
