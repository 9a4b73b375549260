namespace ToolService.Core.Schema.Compilation;

/// <summary>A URI reference in its two parts.</summary>
/// <param name="Document">What stands before <c>#</c>; nothing where the reference stays in its resource.</param>
/// <param name="Fragment">What stands behind, percent-encoding decoded: a pointer, an anchor or nothing.</param>
internal readonly record struct SchemaReference(string Document, string Fragment)
{
    public static SchemaReference Parse(string text)
    {
        var hash = text.IndexOf('#', StringComparison.Ordinal);
        return hash < 0 ? new SchemaReference(text, "") : new SchemaReference(text[..hash], Uri.UnescapeDataString(text[(hash + 1)..]));
    }
}
