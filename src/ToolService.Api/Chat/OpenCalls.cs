namespace ToolService.Api.Chat;

/// <summary>The calls of the last message that asks for any, and which of them have their results.</summary>
internal sealed class OpenCalls
{
    private readonly OrderedDictionary<string, (string Pointer, bool IsAnswered)> _calls = new(StringComparer.Ordinal);
    private int _next;

    /// <summary>Adds a call; false where the message has one with this id.</summary>
    public bool TryAdd(string id, string pointer) => _calls.TryAdd(id, (pointer, false));

    /// <summary>Takes a call's result; what is wrong with it, if anything is.</summary>
    public string? Take(string id)
    {
        var index = _calls.IndexOf(id);
        if (index < 0)
            return "No call waits for this result.";
        if (_calls.GetAt(index).Value.IsAnswered)
            return "The call has its result already.";

        _calls.SetAt(index, (_calls.GetAt(index).Value.Pointer, true));
        var isNext = index == _next;
        while (_next < _calls.Count && _calls.GetAt(_next).Value.IsAnswered)
            _next++;
        return isNext ? null : "Results come in the order of their calls; that of an earlier call is still to come.";
    }

    /// <summary>Notes the calls that have no result, and forgets all.</summary>
    public void Close(TranscriptErrors errors)
    {
        foreach (var (pointer, isAnswered) in _calls.Values)
            if (!isAnswered)
                errors.Add(pointer, null, "The call has no result: a message of the role tool with its id must follow.");
        _calls.Clear();
        _next = 0;
    }
}
