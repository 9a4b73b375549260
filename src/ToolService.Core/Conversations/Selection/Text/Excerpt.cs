namespace ToolService.Core.Conversations.Selection.Text;

/// <summary>
/// What is read of a message: what somebody wants stands at its beginning or its end, and a pasted file between them costs time only.
/// </summary>
internal static class Excerpt
{
    private const int Half = 8_000;

    /// <summary>The text, or its first and last 8,000 characters.</summary>
    public static string Of(string text) => text.Length <= 2 * Half ? text : $"{text.AsSpan(0, Half)}\n{text.AsSpan(text.Length - Half)}";
}
