using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text;

namespace ToolService.Core.Schema.Patterns;

/// <summary>
/// The sets of code points that <c>\p{…}</c> names, and what IDNA asks about besides. They come from UnicodeProperties.txt, of Unicode
/// 17 (joining types and directions: 14), because .NET has neither scripts nor binary properties.
/// </summary>
internal static class UnicodeProperties
{
    private const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private const int DigitBits = 5;

    /// <summary>The categories that stand for several.</summary>
    private static readonly FrozenDictionary<string, string[]> Groups = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["LC|Cased_Letter"] = ["Lu", "Ll", "Lt"],
        ["L|Letter"] = ["Lu", "Ll", "Lt", "Lm", "Lo"],
        ["M|Mark|Combining_Mark"] = ["Mn", "Mc", "Me"],
        ["N|Number"] = ["Nd", "Nl", "No"],
        ["P|Punctuation|punct"] = ["Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"],
        ["S|Symbol"] = ["Sm", "Sc", "Sk", "So"],
        ["Z|Separator"] = ["Zs", "Zl", "Zp"],
        ["C|Other"] = ["Cc", "Cf", "Cs", "Co", "Cn"],
    }.SelectMany(group => group.Key.Split('|'), (group, name) => (name, group.Value))
        .ToFrozenDictionary(pair => pair.name, pair => pair.Value);

    private static readonly Lazy<FrozenDictionary<string, string>> Lines = new(ReadLines);
    private static readonly ConcurrentDictionary<string, CodePointSet> Cache = new(StringComparer.Ordinal);

    /// <summary>The set that <c>\p{property}</c> or <c>\p{property=value}</c> names in ECMA-262; null where it names none.</summary>
    public static CodePointSet? Find(string expression)
    {
        var parts = expression.Split('=');
        return (parts[0], parts.Length) switch
        {
            ("General_Category" or "gc", 2) => FindCategory(parts[1]),
            ("Script" or "sc", 2) => Read($"sc={parts[1]}"),
            ("Script_Extensions" or "scx", 2) => FindExtensions(parts[1]),
            (_, 1) => Read(expression) ?? FindCategory(expression),
            _ => null,
        };
    }

    /// <summary>A set by its name in the file.</summary>
    public static CodePointSet Get(string name) => Read(name) ?? throw new ArgumentException($"There is no set '{name}'.", nameof(name));

    private static CodePointSet? FindCategory(string name) => Groups.TryGetValue(name, out var members)
        ? Cache.GetOrAdd($"gc={name}", _ => CodePointSet.Of(members.SelectMany(member => Get($"gc={member}").Ranges)))
        : Read($"gc={name}");

    /// <summary>The file has the difference to the script only, which is small.</summary>
    private static CodePointSet? FindExtensions(string script) =>
        Read($"scx={script}") is { } difference ? difference.SymmetricDifference(Get($"sc={script}")) : null;

    private static CodePointSet? Read(string name)
    {
        if (Cache.TryGetValue(name, out var set))
            return set;
        return Lines.Value.TryGetValue(name, out var distances) ? Cache.GetOrAdd(name, CodePointSet.FromEdges(Edges(distances))) : null;
    }

    private static IEnumerable<int> Edges(string distances)
    {
        var (edge, distance, shift) = (0, 0, 0);
        foreach (var digit in distances)
        {
            var value = Digits.IndexOf(digit, StringComparison.Ordinal);
            distance |= (value & 31) << shift;
            shift += DigitBits;
            if (value > 31)
                continue;
            yield return edge += distance;
            (distance, shift) = (0, 0);
        }
    }

    private static FrozenDictionary<string, string> ReadLines()
    {
        using var stream = typeof(UnicodeProperties).Assembly.GetManifestResourceStream("UnicodeProperties.txt")!;
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .SelectMany(line => line[0].Split('|'), (line, name) => (name, distances: line[1]))
            .ToFrozenDictionary(pair => pair.name, pair => pair.distances, StringComparer.Ordinal);
    }
}
