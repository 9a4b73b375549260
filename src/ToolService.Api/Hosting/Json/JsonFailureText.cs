using System.Text.Json;
using System.Text.RegularExpressions;

namespace ToolService.Api.Hosting.Json;

/// <summary>
/// Puts the serializer's failures into JSON Schema's words. It gives a place but no kind, so the kind is read from its text, which the tests
/// hold to the runtime in use; an unknown text becomes a sentence on the expected type.
/// </summary>
internal static partial class JsonFailureText
{
    private const int MaxLength = 200;

    public static (string? Keyword, string Message) Explain(string text, JsonPlace place, string? member)
    {
        var missing = Missing().Match(text);
        if (missing.Success)
            return ("required", $"missing {Trim(missing.Groups["names"].Value)}.");
        if (Duplicate().Match(text) is { Success: true } duplicate)
            return ("uniqueProperties", $"'{Trim(duplicate.Groups["name"].Value)}' appears more than once.");
        if (Unmapped().Match(text) is { Success: true } unmapped)
            return ("additionalProperties", $"'{Trim(unmapped.Groups["name"].Value)}' is not a member here{Choices(place.Siblings)}.");

        if (text.StartsWith(NoNullItems.Refusal, StringComparison.Ordinal))
            return ("type", $"'{Trim(member ?? "")}' must not be null.");
        if (text.StartsWith(StrictElementConverter.NotUnicode, StringComparison.Ordinal))
            return (null, member is null ? StrictElementConverter.NotUnicode : $"'{Trim(member)}' is not valid Unicode.");
        if (text.StartsWith(StrictElementConverter.UnpairedName, StringComparison.Ordinal))
            return (null, $"{(member is null ? "it" : $"'{Trim(member)}'")} has a member whose name is not valid Unicode (an unpaired surrogate).");

        var expected = place.Type is null ? "another kind of value" : TypeNames.Of(place.Type);
        var isEnum = place.Type is { } type && (Nullable.GetUnderlyingType(type) ?? type).IsEnum;
        return (isEnum ? "enum" : "type", member is null ? $"expected {expected}." : $"'{Trim(member)}' must be {expected}.");
    }

    /// <summary>Whether a string could not be read since it is not valid Unicode; the serializer calls that the wrong type.</summary>
    public static bool IsNotUnicode(JsonException failure) =>
        failure is { InnerException: InvalidOperationException { Message: var cause }, Message: not StrictElementConverter.UnpairedName }
        && UnicodeForm().IsMatch(cause);

    /// <summary>The reader's sentence, without the position that follows it.</summary>
    public static string WithoutPosition(string text)
    {
        var end = text.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return Trim(end < 0 ? text : text[..end]);
    }

    private static string Choices(IReadOnlyList<string> siblings) => siblings.Count == 0 ? "" : $"; expected {string.Join(", ", siblings)}";

    private static string Trim(string text) => text.Length <= MaxLength ? text : $"{text[..MaxLength]}…";

    [GeneratedRegex("missing required properties including: (?<names>.+?)\\.(?: Path:|$)")]
    private static partial Regex Missing();

    [GeneratedRegex("UTF-(8|16)")]
    private static partial Regex UnicodeForm();

    [GeneratedRegex("^Duplicate property '(?<name>.*)' encountered")]
    private static partial Regex Duplicate();

    [GeneratedRegex("^The JSON property '(?<name>.*)' could not be mapped")]
    private static partial Regex Unmapped();
}
