using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using ToolService.Core.Schema.Normalization;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Tools.OpenApi.Reading;

/// <summary>A value in a document, and where it stands.</summary>
internal readonly record struct DocumentNode(JsonElement Value, SchemaPath Path)
{
    public DocumentNode(JsonElement root)
        : this(root, SchemaPath.Root)
    {
    }

    /// <summary>How many bytes the value has as written.</summary>
    public int Size => JsonMarshal.GetRawUtf8Value(Value).Length;

    /// <summary>What a string, number or boolean says; null for other values.</summary>
    public static string? Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    public OpenApiException Refuse(string message) => new(message, Path.ToString());

    /// <summary>The member of this name; null where there is none, and where the value is no object.</summary>
    public DocumentNode? Find(string name) =>
        Value.ValueKind == JsonValueKind.Object && Value.TryGetProperty(name, out var member) ? new(member, Path.Append(name)) : null;

    /// <summary>The text of this member; null where it is absent or no string.</summary>
    public string? TextOrNull(string name) =>
        Find(name) is { Value: { ValueKind: JsonValueKind.String } text } ? text.GetString() : null;

    /// <exception cref="OpenApiException">The member is there and no string, or not there.</exception>
    public string Text(string name) =>
        TextOrNull(name) ?? throw Refuse($"'{name}' must be a string, got {JsonDisplay.Describe(Find(name)?.Value ?? default)}.");

    /// <summary>Whether this member is true.</summary>
    public bool Flag(string name) => Find(name) is { Value.ValueKind: JsonValueKind.True };

    /// <exception cref="OpenApiException">The value is no object.</exception>
    public DocumentNode AsObject(string what) =>
        Value.ValueKind == JsonValueKind.Object ? this : throw Refuse($"{what} must be an object, got {JsonDisplay.Describe(Value)}.");

    /// <summary>The members of the object; none where the value is no object.</summary>
    public IEnumerable<(string Name, DocumentNode Node)> Members()
    {
        if (Value.ValueKind != JsonValueKind.Object)
            yield break;
        foreach (var property in Value.EnumerateObject())
            yield return (property.Name, new DocumentNode(property.Value, Path.Append(property.Name)));
    }

    /// <summary>The items of the list; none where the value is no list.</summary>
    public IEnumerable<DocumentNode> Items()
    {
        if (Value.ValueKind != JsonValueKind.Array)
            yield break;
        var index = 0;
        foreach (var item in Value.EnumerateArray())
            yield return new DocumentNode(item, Path.Append(index++.ToString(CultureInfo.InvariantCulture)));
    }
}
