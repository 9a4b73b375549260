using System.Collections;
using System.Globalization;
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

    /// <summary>The index or key of the item that is null, where a failure is about one.</summary>
    public static string? StepOf(JsonException failure) => failure.Data[typeof(NoNullItems)] as string;

    private static void Check(object collection)
    {
        if (collection is IDictionary map)
        {
            foreach (DictionaryEntry entry in map)
                Check(entry.Value, entry.Key);
            return;
        }

        var index = 0;
        foreach (var item in (IEnumerable)collection)
            Check(item, index++);
    }

    // The serializer adds the path of the collection.
    private static void Check(object? item, object step)
    {
        if (item is null)
            throw new JsonException(Refusal) { Data = { [typeof(NoNullItems)] = Convert.ToString(step, CultureInfo.InvariantCulture) } };
    }
}
