using System.Text.Json;

namespace ToolService.Core.Tools.Http.Operations;

/// <summary>A parameter's name and how its arrays and objects are written, as OpenAPI says.</summary>
/// <param name="Argument">The name of the tool's argument, for messages.</param>
/// <param name="Name">The name on the wire.</param>
/// <param name="Style">How several values are written.</param>
/// <param name="Explode">Whether each is a parameter of its own.</param>
/// <param name="AsJson">Whether the value is written as JSON whatever it is.</param>
internal sealed record StyledValue(string Argument, string Name, ParameterStyle Style, bool Explode, bool AsJson)
{
    public static StyledValue Of(HttpParameter parameter) =>
        new(parameter.Argument, parameter.Name, parameter.Style, parameter.Explode, parameter.AsJson);

    /// <summary>The value as parameters of a query, a form or a cookie, each part encoded. Empty lists and objects are none.</summary>
    public IEnumerable<(string Name, string Value)> Pairs(JsonElement value, Func<string, string> encode)
    {
        if (AsJson)
            return [(Name, encode(value.GetRawText()))];

        return value.ValueKind switch
        {
            JsonValueKind.Array => ArrayPairs(value, encode),
            JsonValueKind.Object when Style == ParameterStyle.DeepObject => DeepPairs(Name, value, encode),
            JsonValueKind.Object => ObjectPairs(value, encode),
            _ => [(Name, encode(ArgumentText.Of(Argument, value)))],
        };
    }

    /// <summary>The value in one piece, as in a path or a header; null where it is an empty list or object.</summary>
    public string? Inline(JsonElement value, Func<string, string> encode)
    {
        if (AsJson)
            return encode(value.GetRawText());

        var parts = value.ValueKind switch
        {
            JsonValueKind.Array => [.. ArgumentText.Items(Argument, value).Select(encode)],
            JsonValueKind.Object => MemberParts(value, encode, Explode ? "=" : ","),
            _ => new List<string> { encode(ArgumentText.Of(Argument, value)) },
        };
        if (parts.Count == 0)
            return null;

        return Style switch
        {
            ParameterStyle.Label => "." + string.Join(Explode ? "." : ",", parts),
            ParameterStyle.Matrix => Matrix(value, parts, encode(Name)),
            _ => string.Join(",", parts),
        };
    }

    private string Matrix(JsonElement value, List<string> parts, string name)
    {
        if (!Explode || value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object))
            return parts is [""] ? $";{name}" : $";{name}={string.Join(",", parts)}";
        return string.Concat(parts.Select(part => value.ValueKind == JsonValueKind.Array ? $";{name}={part}" : $";{part}"));
    }

    private IEnumerable<(string Name, string Value)> ArrayPairs(JsonElement value, Func<string, string> encode)
    {
        var items = ArgumentText.Items(Argument, value).ConvertAll(item => encode(item));
        if (Explode || Style == ParameterStyle.DeepObject)
            return items.Select(item => (Name, item));
        return items.Count == 0 ? [] : [(Name, string.Join(Delimiter(encode), items))];
    }

    private IEnumerable<(string Name, string Value)> ObjectPairs(JsonElement value, Func<string, string> encode)
    {
        if (Explode)
            return ArgumentText.Members(Argument, value).Select(member => (member.Name, encode(ArgumentText.Of(Argument, member.Value))));

        var parts = MemberParts(value, encode, Delimiter(encode));
        return parts.Count == 0 ? [] : [(Name, string.Join(Delimiter(encode), parts))];
    }

    // OpenAPI leaves open what an object's lists and objects look like; this is what readers of such queries take.
    private IEnumerable<(string Name, string Value)> DeepPairs(string name, JsonElement value, Func<string, string> encode)
    {
        foreach (var member in ArgumentText.Members(Argument, value))
        {
            var inner = $"{name}[{member.Name}]";
            IEnumerable<(string, string)> pairs = member.Value.ValueKind switch
            {
                JsonValueKind.Object => DeepPairs(inner, member.Value, encode),
                JsonValueKind.Array => ArgumentText.Items(Argument, member.Value).Select(item => (inner, encode(item))),
                _ => [(inner, encode(ArgumentText.Of(Argument, member.Value)))],
            };
            foreach (var pair in pairs)
                yield return pair;
        }
    }

    private List<string> MemberParts(JsonElement value, Func<string, string> encode, string between) =>
        ArgumentText.Members(Argument, value)
            .ConvertAll(member => $"{encode(member.Name)}{between}{encode(ArgumentText.Of(Argument, member.Value))}");

    private string Delimiter(Func<string, string> encode) => Style switch
    {
        ParameterStyle.SpaceDelimited => encode(" "),
        ParameterStyle.PipeDelimited => encode("|"),
        _ => ",",
    };
}
