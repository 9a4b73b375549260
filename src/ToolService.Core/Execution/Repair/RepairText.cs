using System.Text.Json;

namespace ToolService.Core.Execution.Repair;

/// <summary>The sentences that tell of repairs.</summary>
internal static class RepairText
{
    private const int MaxShownCharacters = 40;

    /// <summary>What was changed in the text of a document.</summary>
    public static string Of(ToolRepairKind kind) => kind switch
    {
        ToolRepairKind.TrailingComma => "A comma before a closing bracket was removed.",
        ToolRepairKind.SingleQuotes => "Single quotes became double quotes.",
        ToolRepairKind.UnquotedKey => "Names without quotes got them.",
        ToolRepairKind.UnclosedBracket => "Brackets that were open at the end were closed.",
        ToolRepairKind.PythonLiteral => "True, False or None became true, false or null.",
        ToolRepairKind.CodeFence => "The code fence around the arguments was removed.",
        ToolRepairKind.JsonInString => "The string held JSON, which took its place.",
        ToolRepairKind.NullOmitted => "A null for an optional property counts as left out.",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Its sentence names a value."),
    };

    /// <summary>A value as it may stand in a sentence.</summary>
    public static string Show(JsonElement value) => Shorten(value.GetRawText());

    /// <summary>A name or a value's text, cut where it is long.</summary>
    public static string Shorten(string text)
    {
        if (text.Length <= MaxShownCharacters)
            return text;
        return $"{text[..(char.IsHighSurrogate(text[MaxShownCharacters - 1]) ? MaxShownCharacters - 1 : MaxShownCharacters)]}…";
    }
}
