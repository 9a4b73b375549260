using System.Runtime.InteropServices;
using System.Text.Json;

namespace ToolService.Core.Schema.Values;

/// <summary>Property names without allocating a string for each.</summary>
internal static class PropertyName
{
    /// <summary>The bytes of the name as written, escapes not yet decoded.</summary>
    public static ReadOnlySpan<byte> Raw(JsonProperty property) => JsonMarshal.GetRawUtf8PropertyName(property);

    /// <summary>Finds a property by the raw bytes of a name; where a name stands twice the last one counts.</summary>
    public static bool TryFind(JsonElement instance, ReadOnlySpan<byte> rawName, out JsonElement value)
    {
        value = default;
        var found = false;
        foreach (var property in instance.EnumerateObject())
        {
            if (!JsonText.AreEqual(Raw(property), rawName))
                continue;
            value = property.Value;
            found = true;
        }

        return found;
    }

    /// <summary>The row of a property's value, by the raw bytes of its name; -1 where there is none. The last one of several counts.</summary>
    public static int Find(JsonRows rows, int row, ReadOnlySpan<byte> rawName)
    {
        var found = -1;
        for (var name = row + 1; name < rows.End(row); name = rows.Next(name + 1))
        {
            if (JsonText.AreEqual(rows.Content(name), rawName))
                found = name + 1;
        }

        return found;
    }
}
