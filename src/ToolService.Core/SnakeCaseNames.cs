using System.Collections.Frozen;
using System.Text.Json;

namespace ToolService.Core;

/// <summary>The snake_case names of an enum's values, as they stand in JSON, in queries and in the store.</summary>
public static class SnakeCaseNames<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> Names =
        Enum.GetValues<T>().ToFrozenDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

    private static readonly FrozenDictionary<string, T> Values = Names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>Every name, in the order of declaration.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<T>().Select(value => Names[value])];

    /// <summary>The name of a value.</summary>
    public static string Of(T value) => Names[value];

    /// <summary>The value with this name; false where there is none. Case matters.</summary>
    public static bool TryParse(string name, out T value) => Values.TryGetValue(name, out value);

    /// <summary>The value with this name.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static T Parse(string name) =>
        TryParse(name, out var value) ? value : throw new FormatException($"'{name}' is not one of {string.Join(", ", All)}.");
}
