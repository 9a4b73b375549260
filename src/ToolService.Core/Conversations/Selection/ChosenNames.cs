using System.Text.Json;
using System.Text.RegularExpressions;

namespace ToolService.Core.Conversations.Selection;

/// <summary>Reads tool names out of a model's answer, which may hold more than it was asked for.</summary>
internal static partial class ChosenNames
{
    private const string EndOfThought = "</think>";
    private const int MaxCharacters = 20_000;

    /// <summary>The names that the answer has, each once and in its order: those in its JSON array, else any that it mentions.</summary>
    public static IReadOnlyList<string> In(string answer, IEnumerable<string> names)
    {
        var known = names.ToDictionary(name => name, StringComparer.OrdinalIgnoreCase);
        // Thoughts come before the answer, and mention tools that were thought unfit.
        var thought = answer.LastIndexOf(EndOfThought, StringComparison.OrdinalIgnoreCase);
        var text = thought < 0 ? answer : answer[(thought + EndOfThought.Length)..];
        if (text.Length > MaxCharacters)
            text = text[^MaxCharacters..];
        var mentioned = FromArray(text) ?? Identifier().Matches(text).Select(match => match.Value);
        return [.. mentioned.Select(name => known.GetValueOrDefault(name)).OfType<string>().Distinct()];
    }

    private static string[]? FromArray(string text)
    {
        var (from, to) = (text.IndexOf('['), text.LastIndexOf(']'));
        if (from < 0 || to < from)
            return null;

        try
        {
            var array = JsonElement.Parse(text[from..(to + 1)]);
            string[] names =
                [.. array.EnumerateArray().Where(item => item.ValueKind is JsonValueKind.String).Select(item => item.GetString()!)];
            return names.Length > 0 ? names : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    [GeneratedRegex("[a-zA-Z0-9_-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();
}
