using System.Text.Json;

namespace ToolService.Core.Schema.Values;

/// <summary>
/// Equality as JSON Schema means it: numbers by value, objects whatever their order, strings by their characters. Nesting beyond
/// <see cref="SchemaLimits.MaxComparisonDepth"/> counts as different and is remembered in <see cref="TooDeep"/>.
/// </summary>
internal struct JsonComparer()
{
    private const int LinearObjectSize = 8;

    private int _depth = SchemaLimits.MaxComparisonDepth;

    /// <summary>Whether a comparison had to give up, so that its verdict means nothing.</summary>
    public bool TooDeep { get; private set; }

    public bool Equals(JsonRows left, int x, JsonRows right, int y)
    {
        if (left.Kind(x) != right.Kind(y))
            return false;
        switch (left.Kind(x))
        {
            case JsonTokenType.String:
                return JsonText.AreEqual(left.Content(x), right.Content(y));
            case JsonTokenType.Number:
                return JsonNumber.Compare(left.Content(x), right.Content(y)) == 0;
            case JsonTokenType.StartArray or JsonTokenType.StartObject:
                if (left.Count(x) != right.Count(y) || !TryDescend())
                    return false;
                var areEqual = left.Kind(x) == JsonTokenType.StartArray ? ArraysEqual(left, x, right, y) : ObjectsEqual(left, x, right, y);
                _depth++;
                return areEqual;
            default:
                return true;
        }
    }

    /// <summary>A hash that is the same for equal values.</summary>
    public int Hash(JsonRows rows, int row)
    {
        switch (rows.Kind(row))
        {
            case JsonTokenType.String:
                return JsonText.Hash(rows.Content(row));
            case JsonTokenType.Number:
                return JsonNumber.Parse(rows.Content(row)).GetHashCode();
            case JsonTokenType.StartArray or JsonTokenType.StartObject:
                if (!TryDescend())
                    return 0;
                var hash = rows.Kind(row) == JsonTokenType.StartArray ? HashArray(rows, row) : HashObject(rows, row);
                _depth++;
                return hash;
            default:
                return (int)rows.Kind(row);
        }
    }

    private bool TryDescend()
    {
        if (_depth > 0)
        {
            _depth--;
            return true;
        }

        TooDeep = true;
        return false;
    }

    private bool ArraysEqual(JsonRows left, int x, JsonRows right, int y)
    {
        var other = y + 1;
        for (var item = x + 1; item < left.End(x); item = left.Next(item), other = right.Next(other))
        {
            if (!Equals(left, item, right, other))
                return false;
        }

        return true;
    }

    private bool ObjectsEqual(JsonRows left, int x, JsonRows right, int y)
    {
        Dictionary<string, int>? others = null;
        if (left.Count(x) > LinearObjectSize)
        {
            others = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var name = y + 1; name < right.End(y); name = right.Next(name + 1))
                others[right.Text(name)] = name + 1;
        }

        for (var name = x + 1; name < left.End(x); name = left.Next(name + 1))
        {
            var other = others is null ? PropertyName.Find(right, y, left.Content(name)) : others.GetValueOrDefault(left.Text(name), -1);
            if (other < 0 || !Equals(left, name + 1, right, other))
                return false;
        }

        return true;
    }

    private int HashArray(JsonRows rows, int row)
    {
        var hash = new HashCode();
        for (var item = row + 1; item < rows.End(row); item = rows.Next(item))
            hash.Add(Hash(rows, item));
        return hash.ToHashCode();
    }

    private int HashObject(JsonRows rows, int row)
    {
        var sum = 0;
        for (var name = row + 1; name < rows.End(row); name = rows.Next(name + 1))
            sum += HashCode.Combine(JsonText.Hash(rows.Content(name)), Hash(rows, name + 1));
        return sum;
    }
}
