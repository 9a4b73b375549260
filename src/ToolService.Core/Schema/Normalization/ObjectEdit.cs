using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Normalization;

/// <summary>
/// The members of one object while they are edited. What is not touched keeps its very bytes: numbers of any size, escapes of any kind.
/// </summary>
internal sealed class ObjectEdit
{
    private static readonly JsonDocumentOptions AsGiven =
        new() { MaxDepth = int.MaxValue, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly JsonElement _original;
    private readonly SchemaPath _path;
    private readonly ChangeLog _log;
    private readonly OrderedDictionary<string, Member> _members = new(StringComparer.Ordinal);
    private bool _isChanged;

    /// <exception cref="JsonSchemaException">A name stands twice.</exception>
    public ObjectEdit(JsonElement original, SchemaPath path, ChangeLog log)
    {
        (_original, _path, _log) = (original, path, log);
        foreach (var property in original.EnumerateObject())
        {
            var name = JsonText.Decode(PropertyName.Raw(property));
            if (!_members.TryAdd(name, new Member(property.Value, property)))
                throw path.Append(name).Refuse($"'{JsonDisplay.Shorten(name)}' stands twice in the same object.");
        }
    }

    /// <summary>The names, as they are now.</summary>
    public string[] Names => [.. _members.Keys];

    public JsonElement this[string name] => _members[name].Value;

    public static JsonElement Parse(string json) => JsonElement.Parse(json, AsGiven);

    /// <summary>A JSON array of these values, each as it was written.</summary>
    public static JsonElement List(IEnumerable<JsonElement> items)
    {
        var json = new ArrayBufferWriter<byte>();
        foreach (var item in items)
        {
            json.Write(json.WrittenCount == 0 ? "["u8 : ","u8);
            json.Write(JsonMarshal.GetRawUtf8Value(item));
        }

        json.Write(json.WrittenCount == 0 ? "[]"u8 : "]"u8);
        return JsonElement.Parse(json.WrittenSpan, AsGiven);
    }

    public SchemaPath PathOf(string name) => _path.Append(name);

    public bool Has(string name) => _members.ContainsKey(name);

    public bool TryGet(string name, out JsonElement value)
    {
        var found = _members.TryGetValue(name, out var member);
        value = member.Value;
        return found;
    }

    /// <summary>The object that is a member's value, to be edited and then set.</summary>
    public ObjectEdit Open(string name) => new(this[name], PathOf(name), _log);

    /// <summary>Sets a member whose changes are recorded already; at the end where it is new.</summary>
    public void Set(string name, JsonElement value)
    {
        _isChanged = true;
        _members[name] = _members.TryGetValue(name, out var member) ? member with { Value = value } : new Member(value, null);
    }

    public void Set(string name, JsonElement value, string message)
    {
        Note(name, message);
        Set(name, value);
    }

    /// <summary>Sets a member to an object that was opened here, where it was changed.</summary>
    public void Set(string name, ObjectEdit edited)
    {
        if (edited._isChanged)
            Set(name, edited.ToElement());
    }

    /// <summary>Adds a member before all others.</summary>
    public void Prepend(string name, JsonElement value)
    {
        _isChanged = true;
        _members.Insert(0, name, new Member(value, null));
    }

    public void Remove(string name) => _isChanged |= _members.Remove(name);

    public void Remove(string name, string message)
    {
        Note(name, message);
        Remove(name);
    }

    /// <summary>Removes these members and answers an object of them.</summary>
    public JsonElement TakeOut(IReadOnlyCollection<string> names)
    {
        var taken = new ObjectEdit(Parse("{}"), _path, _log) { _isChanged = true };
        foreach (var name in names)
        {
            taken._members.Add(name, _members[name]);
            Remove(name);
        }

        return taken.ToElement();
    }

    /// <summary>Gives a member another name in the same place.</summary>
    public void Rename(string name, string newName)
    {
        var index = _members.IndexOf(name);
        var value = this[name];
        Remove(name);
        _members.Insert(index, newName, new Member(value, null));
    }

    /// <summary>A member's name as a JSON string.</summary>
    public JsonElement NameAsValue(string name)
    {
        var json = new ArrayBufferWriter<byte>();
        WriteName(json, name, _members[name]);
        return JsonElement.Parse(json.WrittenSpan, AsGiven);
    }

    public void Note(string name, string message) => _log.Add(PathOf(name), message);

    public JsonSchemaException Refuse(string name, string message) => PathOf(name).Refuse(message);

    /// <summary>The object as it is now; the very same element where nothing was changed.</summary>
    public JsonElement ToElement() => _isChanged ? Write() : _original;

    private JsonElement Write()
    {
        var json = new ArrayBufferWriter<byte>();
        foreach (var (name, member) in _members)
        {
            json.Write(json.WrittenCount == 0 ? "{"u8 : ","u8);
            WriteName(json, name, member);
            json.Write(":"u8);
            json.Write(JsonMarshal.GetRawUtf8Value(member.Value));
        }

        json.Write(json.WrittenCount == 0 ? "{}"u8 : "}"u8);
        return JsonElement.Parse(json.WrittenSpan, AsGiven);
    }

    private static void WriteName(ArrayBufferWriter<byte> json, string name, Member member)
    {
        json.Write("\""u8);
        json.Write(member.Source is { } source ? PropertyName.Raw(source) : Encoding.UTF8.GetBytes(name));
        json.Write("\""u8);
    }

    /// <param name="Value">The value as it is now.</param>
    /// <param name="Source">Where the name is written; null for a new one, which is a keyword.</param>
    private readonly record struct Member(JsonElement Value, JsonProperty? Source);
}
