using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ToolService.Api.Hosting.Json;

/// <summary>
/// Refuses null in lists and maps of strings and objects: the serializer minds annotations of members only, and not those of items.
/// </summary>
internal static class NoNullItems
{
    /// <summary>How the refusal begins.</summary>
    public const string Refusal = "An item is null.";

    public static void Apply(JsonTypeInfo info)
    {
        if (info is { Kind: JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary, ElementType.IsValueType: false })
            info.OnDeserialized = Check;
    }

    private static void Check(object collection)
    {
        foreach (var item in collection is IDictionary map ? map.Values : (IEnumerable)collection)
            if (item is null)
                throw new JsonException(Refusal);
    }
}
