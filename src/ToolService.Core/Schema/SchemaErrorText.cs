using System.Text;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema;

/// <summary>Errors as a few lines of text, for a model that is to correct its call.</summary>
public static class SchemaErrorText
{
    private const int MaxLines = 10;
    private const int MaxPointerCharacters = 200;

    /// <summary>
    /// One line per error, <c>- /expression: must be a string, got the number 5</c>, at most ten, then one that counts the rest.
    /// Errors of the whole value have no pointer: <c>- the property 'expression' is required and missing</c>. Empty where there are
    /// no errors.
    /// </summary>
    public static string Summarize(IReadOnlyList<SchemaError> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        var text = new StringBuilder();
        foreach (var error in errors.Take(MaxLines))
            text.Append(text.Length == 0 ? "- " : "\n- ").Append(Place(error)).Append(error.Message);
        // The last entry may itself stand for many.
        var rest = errors.Skip(MaxLines).Sum(error => Math.Max(1, (long)error.Unlisted));
        if (rest > 0)
            text.Append("\n- and ").Append(JsonDisplay.Count(rest, "more error", "more errors"));
        return text.ToString();
    }

    // A property's name may have line feeds, and be of any length.
    private static string Place(SchemaError error) =>
        error.Pointer.Length == 0 ? "" : $"{JsonDisplay.OneLine(error.Pointer, MaxPointerCharacters)}: ";
}
