namespace ToolService.Core.Models.TextCalls;

/// <summary>How calls in a model's text are treated.</summary>
/// <param name="Calling">Whether the model is told of tools in its prompt, or natively.</param>
/// <param name="Format">The one format that it uses; null for any.</param>
/// <param name="Fallback">Whether calls in the text of a model that calls natively count.</param>
/// <param name="Reasoning">What becomes of thoughts in the text.</param>
internal sealed record TextCallSettings(ToolCalling Calling, ITextCallFormat? Format, bool Fallback, TextReasoning Reasoning)
{
    public static TextCallSettings Of(ModelEndpointOptions options) =>
        new(options.ToolCalling, TextCallFormats.Find(options.TextCallFormat), options.TextCallFallback, options.TextReasoning);

    public bool IsPrompted => Calling is ToolCalling.Text;

    /// <summary>Whether there is anything to do.</summary>
    public bool IsActive => IsPrompted || Fallback || Reasoning is not TextReasoning.None;

    /// <summary>The format in which the model is told to write.</summary>
    public ITextCallFormat Written => Format ?? TextCallFormats.Default;

    /// <summary>The formats that count in its answer.</summary>
    public TextCallFormatSet Read => (IsPrompted, Format) switch
    {
        (true, { } format) => TextCallFormats.Only(format),
        (true, null) => TextCallFormats.AllOfPrompted,
        _ => TextCallFormats.All,
    };
}
