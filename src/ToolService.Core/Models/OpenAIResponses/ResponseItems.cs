using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Models.Wire;

namespace ToolService.Core.Models.OpenAIResponses;

/// <summary>The items of an answer, in their order, each given once.</summary>
internal sealed class ResponseItems(string origin)
{
    private const int MaxItems = 10_000;
    private readonly List<ResponseItem> _items = [];
    private readonly HashSet<string> _callIds = new(StringComparer.Ordinal);
    private int _given;

    /// <summary>Whether calls were among those given.</summary>
    public bool HaveCalls => _callIds.Count > 0;

    /// <summary>The item that an event speaks of.</summary>
    /// <param name="data">The event.</param>
    /// <param name="type">What the event says of the item's type; null where the item says it.</param>
    public ResponseItem At(JsonElement data, string? type)
    {
        var index = data.Number("output_index");
        var id = data.Text("item_id") ?? data.Member("item").Text("id");
        var item = _items.FindLast(item => index is null ? id is null || item.Id == id : item.Index == index) ?? Start(index);
        item.Type ??= type;
        return item;
    }

    /// <summary>A piece of text, behind everything that comes before it.</summary>
    public IList<AIContent> Say(JsonElement data, string text)
    {
        var item = At(data, ResponseItem.Message);
        var content = item.Say(text, origin);
        return [.. Before(_items.IndexOf(item), wholeOnly: true), content];
    }

    /// <summary>Takes the items of the whole answer, which say again what was streamed, and all that was not.</summary>
    public void Settle(IEnumerable<JsonElement> output)
    {
        // Ids repeat at some providers, so each item is found once.
        List<ResponseItem> streamed = [.. _items];
        foreach (var item in output)
        {
            var (id, type) = (item.Text("id"), item.Text("type"));
            var known = streamed.Find(known => known.Id == id && known.Type == type) ?? streamed.Find(known => known.Type == type);
            if (known is not null)
                streamed.Remove(known);
            (known ?? Start(index: null)).Take(item, isWhole: true);
        }
    }

    /// <summary>Everything that was not given yet.</summary>
    public IList<AIContent> Rest() => Before(_items.Count, wholeOnly: false);

    private List<AIContent> Before(int end, bool wholeOnly)
    {
        List<AIContent> contents = [];
        for (; _given < end && !(wholeOnly && _items[_given] is { IsWhole: false, HasSpoken: false }); _given++)
            if (Content(_items[_given]) is { } content)
                contents.Add(content);
        return contents;
    }

    private AIContent? Content(ResponseItem item) => item switch
    {
        { IsCall: true } => Call(item),
        { IsReasoning: true } => item.Reasoning(origin, LeadsOn()),
        { HasSpoken: false, Text.Length: > 0 } => item.Say(item.Text, origin),
        _ => null,
    };

    // Whether what the model is thinking led to something that the history keeps.
    private bool LeadsOn() => _items.Skip(_given + 1).SkipWhile(item => item.IsReasoning).FirstOrDefault() is { IsKept: true };

    // An id that is missing or taken is replaced: a result belongs to exactly one call.
    private FunctionCallContent Call(ResponseItem item)
    {
        var id = item.CallId is { Length: > 0 } given && _callIds.Add(given) ? given : Ids.NewCall();
        _callIds.Add(id);
        return ToolCallArguments.ToCall(id, item.Name ?? "", item.Arguments);
    }

    private ResponseItem Start(long? index)
    {
        if (_items.Count == MaxItems)
            throw new InvalidDataException($"more than {MaxItems} items.");

        var item = new ResponseItem { Index = index };
        _items.Add(item);
        return item;
    }
}
