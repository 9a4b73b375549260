using System.Text;
using System.Text.Json;

namespace ToolService.Core.Models.TextCalls;

/// <summary>Arguments of a notation in which every value is text: each becomes what its schema asks for, or else stays text.</summary>
/// <param name="tools">Knows the schemas.</param>
/// <param name="tool">The tool that is called.</param>
internal sealed class UntypedArguments(TextTools tools, string tool)
{
    private readonly StringBuilder _json = new("{");

    /// <summary>Adds a value that is text unless the schema says otherwise.</summary>
    public void Add(string name, string value) => Write(name, Convert(name, value));

    /// <summary>Adds a value that its writer calls JSON: it is text only where it is none, or where nothing but text is allowed.</summary>
    public void AddJson(string name, string value) => Write(
        name, (tools.Types(tool, name) is { Count: 1 } only && only.Contains("string")) || !JsonText.IsJson(value) ? JsonText.Quote(value) : value);

    public string ToJson() => _json + "}";

    private void Write(string name, string json)
    {
        if (_json.Length > 1)
            _json.Append(", ");
        _json.Append(JsonText.Quote(name)).Append(": ").Append(json);
    }

    private string Convert(string name, string value)
    {
        var types = tools.Types(tool, name);
        var literal = value.AsSpan().Trim() switch
        {
            "True" => "true",
            "False" => "false",
            "None" => "null",
            var trimmed => trimmed.ToString(),
        };
        var kind = JsonText.KindOf(literal);
        var fits = kind switch
        {
            JsonValueKind.Null => types.Contains("null"),
            JsonValueKind.String or JsonValueKind.Undefined => false,
            _ when types.Contains("string") => false,
            JsonValueKind.True or JsonValueKind.False => types.Contains("boolean"),
            JsonValueKind.Number => types.Contains("number") || types.Contains("integer"),
            JsonValueKind.Object => types.Contains("object"),
            _ => types.Contains("array"),
        };
        return fits ? literal : JsonText.Quote(value);
    }
}
