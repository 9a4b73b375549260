using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ToolService.Core.Tests.Tools.OpenApi;

/// <summary>Writes JSON as YAML in one of the many ways in which that can be done.</summary>
internal sealed partial class YamlText
{
    private readonly StringBuilder _text = new();
    private readonly Random _random;
    private bool _isLiteral;

    private YamlText(int seed) => _random = new Random(seed);

    public static string Of(JsonNode node, int seed)
    {
        var yaml = new YamlText(seed);
        yaml.Block(node, indent: 0);
        return yaml._text.ToString();
    }

    private void Block(JsonNode? node, int indent)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } map when _random.Next(4) > 0 || indent == 0:
                foreach (var (name, value) in map)
                {
                    Line(indent).Append(Scalar(JsonValue.Create(name), isName: true)).Append(':');
                    Value(value, indent);
                }

                break;
            case JsonArray { Count: > 0 } list when _random.Next(4) > 0:
                foreach (var item in list)
                {
                    Line(indent).Append('-');
                    Value(item, indent);
                }

                break;
            default:
                Line(indent).Append(Flow(node));
                break;
        }
    }

    private void Value(JsonNode? node, int indent)
    {
        if (node is JsonObject { Count: > 0 } or JsonArray { Count: > 0 })
            Block(node, indent + 1 + _random.Next(3));
        else if (node?.GetValueKind() == JsonValueKind.String && Plain().IsMatch(node.GetValue<string>()) && _random.Next(4) == 0)
            Literal(node.GetValue<string>(), indent + 2);
        else
            _text.Append(' ').Append(Flow(node));
    }

    private void Literal(string text, int indent)
    {
        _text.Append(" |-\n").Append(' ', indent).Append(text);
        _isLiteral = true;
    }

    private StringBuilder Line(int indent)
    {
        if (_text.Length > 0)
            _text.Append(!_isLiteral && _random.Next(6) == 0 ? " # note\n" : "\n");
        _isLiteral = false;
        return _text.Append(' ', indent);
    }

    private string Flow(JsonNode? node) => node switch
    {
        JsonObject map => $"{{{string.Join(", ", map.Select(Member))}}}",
        JsonArray list => $"[{string.Join(", ", list.Select(Flow))}]",
        _ => Scalar(node, isName: false),
    };

    private string Member(KeyValuePair<string, JsonNode?> member) =>
        $"{Scalar(JsonValue.Create(member.Key), isName: true)}: {Flow(member.Value)}";

    private string Scalar(JsonNode? node, bool isName)
    {
        if (node is null)
            return _random.Next(2) == 0 ? "null" : "~";
        if (node.GetValueKind() != JsonValueKind.String)
            return node.ToJsonString();
        var text = node.GetValue<string>();
        // As a name every plain text is itself; as a value it may be something else.
        if (Plain().IsMatch(text) && (isName || !Special().IsMatch(text)) && _random.Next(2) == 0)
            return text;
        return Printable().IsMatch(text) && _random.Next(2) == 0
            ? $"'{text.Replace("'", "''", StringComparison.Ordinal)}'"
            : node.ToJsonString();
    }

    [GeneratedRegex(@"^[a-zA-Z0-9_.~$]+([ -][a-zA-Z0-9_]+)*\z")]
    private static partial Regex Plain();

    [GeneratedRegex(@"^[+-]?[.0-9]|^(null|true|false|~)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Special();

    [GeneratedRegex(@"^[ -~é日本]*\z")]
    private static partial Regex Printable();
}
