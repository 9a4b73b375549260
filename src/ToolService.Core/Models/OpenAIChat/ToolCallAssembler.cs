using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Models.Wire;

namespace ToolService.Core.Models.OpenAIChat;

/// <summary>
/// Puts tool calls together from their deltas, whatever way a provider splits them: by index; without an index by id, else the last call;
/// a used index with a new id and a name is a new call.
/// </summary>
internal sealed class ToolCallAssembler
{
    private const long LegacyIndex = -1;
    private readonly List<Part> _parts = [];

    /// <summary>A piece of a call.</summary>
    public void Add(JsonElement delta)
    {
        var id = Filled(delta.Text("id"));
        var function = delta.Member("function");
        var index = delta.Number("index");
        Append(Find(index, id, Filled(function.Text("name"))) ?? Start(index), id, function);
    }

    /// <summary>A call of its own, whatever its id.</summary>
    public void AddWhole(JsonElement call) => Append(Start(index: null), Filled(call.Text("id")), call.Member("function"));

    /// <summary>The one call of the form that came before tool calls: it has neither index nor id.</summary>
    public void AddLegacy(JsonElement function) => Append(Find(LegacyIndex, id: null, name: null) ?? Start(LegacyIndex), id: null, function);

    /// <summary>The calls in the order in which they began. An id that is missing or taken is replaced: a result belongs to exactly one call.</summary>
    public IReadOnlyList<FunctionCallContent> Complete()
    {
        var calls = new List<FunctionCallContent>(_parts.Count);
        foreach (var part in _parts.Where(part => part.Name is not null || part.Arguments is not null))
        {
            var id = part.Id is null || calls.Exists(call => call.CallId == part.Id) ? Ids.NewCall() : part.Id;
            calls.Add(ToolCallArguments.ToCall(id, part.Name ?? "", part.Arguments));
        }

        return calls;
    }

    private static string? Filled(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static void Append(Part part, string? id, JsonElement function)
    {
        part.Id ??= id;
        part.Name ??= Filled(function.Text("name"));
        part.Append(function.Member("arguments"));
    }

    private Part? Find(long? index, string? id, string? name)
    {
        if (index is null)
            return (id is null ? null : _parts.FindLast(part => part.Id == id)) ?? (name is null ? _parts.LastOrDefault() : null);

        var found = _parts.FindLast(part => part.Index == index);
        var isAnother = found?.Id is not null && id is not null && id != found.Id && name is not null;
        return isAnother ? null : found;
    }

    private Part Start(long? index)
    {
        var part = new Part { Index = index };
        _parts.Add(part);
        return part;
    }

    private sealed class Part
    {
        // Nearly every call arrives in one or two pieces; the builder is for the others.
        private string? _first;
        private StringBuilder? _more;

        public long? Index { get; init; }

        public string? Id { get; set; }

        public string? Name { get; set; }

        public string? Arguments => _more?.ToString() ?? _first;

        public void Append(JsonElement arguments)
        {
            var text = arguments.ValueKind switch
            {
                JsonValueKind.String => arguments.GetString(),
                // Some servers send the object itself instead of its text.
                JsonValueKind.Object => arguments.GetRawText(),
                _ => null,
            };
            if (text is null or "")
                return;

            if (_first is null)
                _first = text;
            else
                (_more ??= new StringBuilder(_first)).Append(text);
        }
    }
}
