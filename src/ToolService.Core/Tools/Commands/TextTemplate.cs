using System.Text;
using System.Text.Json;

namespace ToolService.Core.Tools.Commands;

/// <summary>
/// A text with <c>{name}</c> in places of arguments. What is filled in is text and nothing else: it is not read as a template again.
/// </summary>
internal sealed class TextTemplate
{
    private TextTemplate(IReadOnlyList<TemplatePart> parts) => Parts = parts;

    /// <summary>What it consists of.</summary>
    public IReadOnlyList<TemplatePart> Parts { get; }

    /// <summary>The arguments that it asks for.</summary>
    public IEnumerable<string> Names => Parts.Where(part => part.IsArgument).Select(part => part.Text);

    /// <summary>Reads a template.</summary>
    /// <exception cref="FormatException">A brace is not closed, or closes nothing.</exception>
    public static TextTemplate Parse(string text)
    {
        List<TemplatePart> parts = [];
        var literal = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '{' or '}' && i + 1 < text.Length && text[i + 1] == text[i])
                literal.Append(text[i++]);
            else if (text[i] is '}')
                throw new FormatException($"'{text}' has a '}}' that closes nothing; write '}}}}' for the character itself.");
            else if (text[i] is not '{')
                literal.Append(text[i]);
            else
                i = AddArgument(text, i, literal, parts);
        }

        if (literal.Length > 0)
            parts.Add(new TemplatePart(literal.ToString(), IsArgument: false));
        return new TextTemplate(parts);
    }

    /// <summary>The texts that it stands for: one; as many as a list has that is filled in; none where an argument is not given.</summary>
    /// <exception cref="ToolException">Two lists are filled in.</exception>
    public IReadOnlyList<string> Fill(IReadOnlyDictionary<string, JsonElement> arguments)
    {
        var values = Parts.Select(part => part.IsArgument ? ValuesOf(arguments, part.Text) : [part.Text]).ToList();
        if (values.Any(value => value.Count == 0))
            return [];
        if (values.Count(value => value.Count > 1) > 1)
            throw new ToolException("Two lists meet in one place of the command; give one of them a single value.");

        var count = values.Select(value => value.Count).DefaultIfEmpty(1).Max();
        return [.. Enumerable.Range(0, count).Select(i => string.Concat(values.Select(value => value[value.Count == 1 ? 0 : i])))];
    }

    private static int AddArgument(string text, int start, StringBuilder literal, List<TemplatePart> parts)
    {
        var end = text.IndexOf('}', start);
        var name = end < 0 ? "" : text[(start + 1)..end];
        if (name.Length == 0 || name.Contains('{'))
            throw new FormatException($"'{text}' has a '{{' without a name and a '}}' after it; write '{{{{' for the character itself.");

        if (literal.Length > 0)
            parts.Add(new TemplatePart(literal.ToString(), IsArgument: false));
        literal.Clear();
        parts.Add(new TemplatePart(name, IsArgument: true));
        return end;
    }

    private static List<string> ValuesOf(IReadOnlyDictionary<string, JsonElement> arguments, string name)
    {
        if (!arguments.TryGetValue(name, out var value) || value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            return [];
        return value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(TextOf)] : [TextOf(value)];
    }

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
