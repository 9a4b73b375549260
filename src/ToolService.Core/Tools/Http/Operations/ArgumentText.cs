using System.Text.Json;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Tools.Http.Operations;

/// <summary>Arguments as text, before they are encoded for their place.</summary>
internal static class ArgumentText
{
    /// <summary>A string as it is; anything else as its JSON, so that numbers stay as they were written.</summary>
    /// <exception cref="ToolException">The text has half a surrogate pair, which no encoding has.</exception>
    public static string Of(string argument, JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? Checked(argument, JsonText.Decode(value)) : value.GetRawText();

    /// <summary>The items of an array; null ones are left out.</summary>
    public static List<string> Items(string argument, JsonElement array) =>
        [.. array.EnumerateArray().Where(IsGiven).Select(item => Of(argument, item))];

    /// <summary>The members of an object; null ones are left out.</summary>
    public static List<(string Name, JsonElement Value)> Members(string argument, JsonElement value) =>
        [.. value.EnumerateObject().Where(member => IsGiven(member.Value)).Select(member => (NameOf(argument, member), member.Value))];

    /// <summary>Whether there is a value: null is the same as nothing.</summary>
    public static bool IsGiven(JsonElement value) => value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);

    private static string NameOf(string argument, JsonProperty member) => Checked(argument, JsonText.Decode(PropertyName.Raw(member)));

    private static string Checked(string argument, string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                throw new ToolException($"Argument '{argument}' has half a surrogate pair in it, which is not text.");
            i++;
        }

        return text;
    }
}
