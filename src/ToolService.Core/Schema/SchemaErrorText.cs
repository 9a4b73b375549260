using System.Text;

namespace ToolService.Core.Schema;

/// <summary>Errors as a few lines of text, for a model that is to correct its call.</summary>
public static class SchemaErrorText
{
    private const int MaxLines = 10;

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
            text.Append(text.Length == 0
                ? "- " : "\n- ").Append(error.Pointer.Length == 0 ? "" : $"{error.Pointer}: ").Append(error.Message);
        if (errors.Count > MaxLines)
            text.Append("\n- and ").Append(Values.JsonDisplay.Count(errors.Count - MaxLines, "more error", "more errors"));
        return text.ToString();
    }
}
