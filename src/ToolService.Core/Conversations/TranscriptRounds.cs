using System.Globalization;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Conversations;

/// <summary>
/// A conversation in which every call has its one result, in the order of the calls, in the message right behind the one that asks. A call
/// without a result gets one that says it was interrupted; messages that say nothing are left out. Ids that providers gave twice and
/// names that they would refuse are replaced.
/// </summary>
internal sealed class TranscriptRounds
{
    private const int LongestName = 64;
    private const string NoName = "unnamed";

    private readonly List<Entry> _entries = [];
    private readonly Dictionary<string, Slot> _slots = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    public TranscriptRounds(IEnumerable<ChatMessage> messages)
    {
        foreach (var message in messages)
            Add(message);
        Messages = [.. _entries.SelectMany(Whole)];
    }

    /// <summary>The messages.</summary>
    public IReadOnlyList<ChatMessage> Messages { get; }

    /// <summary>How many results were missing, in another place, or of no call: faults of the service, if there are any.</summary>
    public int Repairs { get; private set; }

    /// <summary>Whether providers take a function of this name: 1 to 64 of letters, digits, <c>_</c> and <c>-</c>.</summary>
    public static bool IsName(string name) => name.Length is > 0 and <= LongestName && name.All(IsNameCharacter);

    private static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';

    private void Add(ChatMessage message)
    {
        var isAssistant = message.Role == ChatRole.Assistant;
        var calls = isAssistant ? FunctionCalls.In(message) : [];
        var says = message.Contents.Any(content => Says(content, isAssistant));
        if (calls.Count > 0)
            _entries.Add(Round(message, calls, says));
        else if (says && message.Role != ChatRole.Tool)
            _entries.Add(new Entry(Plain(message, isAssistant), []));
        foreach (var result in message.Contents.OfType<FunctionResultContent>())
            Take(result);
    }

    // Of an assistant only text and calls are sent back: not what it thought.
    private static bool Says(AIContent content, bool isAssistant) => content switch
    {
        TextContent text => !string.IsNullOrWhiteSpace(text.Text),
        FunctionCallContent or FunctionResultContent => false,
        _ => !isAssistant,
    };

    private static ChatMessage Plain(ChatMessage message, bool isAssistant)
    {
        var role = isAssistant || message.Role == ChatRole.System ? message.Role : ChatRole.User;
        var contents = message.Contents.Where(content => content is not (FunctionCallContent or FunctionResultContent)).ToList();
        return role == message.Role && contents.Count == message.Contents.Count ? message : new ChatMessage(role, contents);
    }

    private Entry Round(ChatMessage message, IReadOnlyList<FunctionCallContent> calls, bool says)
    {
        var slots = calls.Select(call => Open(call)).ToList();
        var isSentAsItIs = slots.Select(slot => slot.Call).SequenceEqual(calls)
            && message.Contents.All(content => content is not FunctionResultContent && (says || content is not TextContent));
        if (isSentAsItIs)
            return new Entry(message, slots);

        var contents = message.Contents.Where(content =>
            content is not (FunctionCallContent or FunctionResultContent) && (says || content is not TextContent));
        return new Entry(new ChatMessage(ChatRole.Assistant, [.. contents, .. slots.Select(slot => slot.Call)]), slots);
    }

    private Slot Open(FunctionCallContent call)
    {
        var own = FunctionCalls.IdOf(call);
        var id = call.CallId;
        for (var again = 0; id.Length == 0 || !_ids.Add(id); again++)
            id = again == 0 ? own : string.Create(CultureInfo.InvariantCulture, $"call_{_ids.Count}_{again}");

        var name = IsName(call.Name) ? call.Name : Name(call.Name);
        var slot = new Slot(id == call.CallId && name == call.Name ? call : FunctionCalls.Rename(call, id, name));
        _slots[call.CallId] = slot;
        _slots[own] = slot;
        return slot;
    }

    private static string Name(string name) => name.Length == 0
        ? NoName
        : string.Concat(name.Take(LongestName).Select(c => IsNameCharacter(c) ? c : '_'));

    private void Take(FunctionResultContent result)
    {
        if (!_slots.TryGetValue(FunctionCalls.IdOf(result), out var slot) || slot.Result is not null)
        {
            Repairs++;
            return;
        }

        slot.Result = result.CallId == slot.Call.CallId ? result : FunctionCalls.Rename(result, slot.Call.CallId);
        if (_entries[^1].Next != slot)
            Repairs++;
        _entries[^1].Taken++;
    }

    private IEnumerable<ChatMessage> Whole(Entry entry)
    {
        yield return entry.Message;
        if (entry.Slots.Count == 0)
            yield break;

        Repairs += entry.Slots.Count(slot => slot.Result is null);
        yield return new ChatMessage(ChatRole.Tool, [.. entry.Slots.Select(slot => slot.Result ?? FunctionCalls.Interrupted(slot.Call))]);
    }

    private sealed class Entry(ChatMessage message, IReadOnlyList<Slot> slots)
    {
        public ChatMessage Message => message;

        public IReadOnlyList<Slot> Slots => slots;

        public int Taken { get; set; }

        public Slot? Next => Taken < slots.Count ? slots[Taken] : null;
    }

    private sealed class Slot(FunctionCallContent call)
    {
        public FunctionCallContent Call => call;

        public FunctionResultContent? Result { get; set; }
    }
}
