using System.Text.Json;

namespace ToolService.Core.Schema.Values;

/// <summary>
/// Equality as JSON Schema means it: numbers by value, objects whatever their order, strings by their characters. Nesting beyond <see
/// cref="SchemaLimits.MaxComparisonDepth"/> counts as different and is remembered in <see cref="TooDeep"/>.
/// </summary>
internal sealed class JsonValueComparer : IEqualityComparer<JsonElement>
{
    private const int LinearObjectSize = 8;

    /// <summary>Whether a comparison had to give up, so that its verdict means nothing.</summary>
    public bool TooDeep { get; private set; }

    public bool Equals(JsonElement x, JsonElement y) => Equals(x, y, SchemaLimits.MaxComparisonDepth);

    public int GetHashCode(JsonElement obj) => Hash(obj, SchemaLimits.MaxComparisonDepth);

    private bool Equals(JsonElement x, JsonElement y, int depth)
    {
        if (x.ValueKind != y.ValueKind)
            return false;
        if (depth == 0)
        {
            TooDeep = true;
            return false;
        }

        return x.ValueKind switch
        {
            JsonValueKind.String => JsonText.AreEqual(JsonText.Raw(x), JsonText.Raw(y)),
            JsonValueKind.Number => JsonNumber.Compare(x, y) == 0,
            JsonValueKind.Array => x.GetArrayLength() == y.GetArrayLength() && ArraysEqual(x, y, depth - 1),
            JsonValueKind.Object => x.GetPropertyCount() == y.GetPropertyCount() && ObjectsEqual(x, y, depth - 1),
            _ => true,
        };
    }

    private bool ArraysEqual(JsonElement x, JsonElement y, int depth)
    {
        var others = y.EnumerateArray();
        foreach (var item in x.EnumerateArray())
        {
            others.MoveNext();
            if (!Equals(item, others.Current, depth))
                return false;
        }

        return true;
    }

    private bool ObjectsEqual(JsonElement x, JsonElement y, int depth)
    {
        if (x.GetPropertyCount() <= LinearObjectSize)
            return SmallObjectsEqual(x, y, depth);

        var others = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in y.EnumerateObject())
            others[JsonText.Decode(PropertyName.Raw(property))] = property.Value;
        foreach (var property in x.EnumerateObject())
        {
            if (!others.TryGetValue(JsonText.Decode(PropertyName.Raw(property)), out var other) || !Equals(property.Value, other, depth))
                return false;
        }

        return true;
    }

    private bool SmallObjectsEqual(JsonElement x, JsonElement y, int depth)
    {
        foreach (var property in x.EnumerateObject())
        {
            if (!PropertyName.TryFind(y, PropertyName.Raw(property), out var other) || !Equals(property.Value, other, depth))
                return false;
        }

        return true;
    }

    private int Hash(JsonElement value, int depth)
    {
        if (depth == 0)
        {
            TooDeep = true;
            return 0;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return JsonText.Hash(JsonText.Raw(value));
            case JsonValueKind.Number:
                return JsonNumber.Parse(value).GetHashCode();
            case JsonValueKind.Array:
                var hash = new HashCode();
                foreach (var item in value.EnumerateArray())
                    hash.Add(Hash(item, depth - 1));
                return hash.ToHashCode();
            case JsonValueKind.Object:
                var sum = 0;
                foreach (var property in value.EnumerateObject())
                    sum += HashCode.Combine(JsonText.Hash(PropertyName.Raw(property)), Hash(property.Value, depth - 1));
                return sum;
            default:
                return (int)value.ValueKind;
        }
    }
}
