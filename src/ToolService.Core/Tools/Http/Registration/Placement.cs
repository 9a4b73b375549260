using System.Text.Json;
using ToolService.Core.Schema.Values;
using ToolService.Core.Tools.Http.Operations;

namespace ToolService.Core.Tools.Http.Registration;

/// <summary>Where one argument goes.</summary>
/// <param name="Place">The place; null for the body.</param>
internal sealed record Placement(HttpPlace? Place)
{
    private static readonly Dictionary<string, ParameterStyle> Styles = new(StringComparer.Ordinal)
    {
        ["simple"] = ParameterStyle.Simple,
        ["form"] = ParameterStyle.Form,
        ["deepObject"] = ParameterStyle.DeepObject,
        ["spaceDelimited"] = ParameterStyle.SpaceDelimited,
        ["pipeDelimited"] = ParameterStyle.PipeDelimited,
        ["label"] = ParameterStyle.Label,
        ["matrix"] = ParameterStyle.Matrix,
    };

    private static readonly Dictionary<HttpPlace, ParameterStyle[]> StylesOf = new()
    {
        [HttpPlace.Path] = [ParameterStyle.Simple, ParameterStyle.Label, ParameterStyle.Matrix],
        [HttpPlace.Query] = [ParameterStyle.Form, ParameterStyle.DeepObject, ParameterStyle.SpaceDelimited, ParameterStyle.PipeDelimited],
        [HttpPlace.Header] = [ParameterStyle.Simple],
        [HttpPlace.Cookie] = [ParameterStyle.Form],
    };

    /// <summary>The name on the wire; null for the argument's own.</summary>
    public string? Name { get; init; }

    /// <summary>How lists and objects are written; null for the place's own way.</summary>
    public ParameterStyle? Style { get; init; }

    /// <summary>Whether each item or member stands for itself; null for the style's own way.</summary>
    public bool? Explode { get; init; }

    /// <summary>Whether the value is written as JSON.</summary>
    public bool AsJson { get; init; }

    /// <summary>Reads what an author wrote; null, and told, where it cannot be read.</summary>
    public static Placement? Read(JsonElement written, string pointer, DefinitionErrors errors)
    {
        if (written.ValueKind == JsonValueKind.String)
            return OfPlace(JsonText.Decode(written), pointer, errors);
        if (written.ValueKind != JsonValueKind.Object
            || !written.TryGetProperty("in", out var place)
            || place.ValueKind != JsonValueKind.String)
        {
            errors.Add(pointer, "Expected path, query, header, cookie or body, or an object with 'in' and one of these.");
            return null;
        }

        var read = OfPlace(JsonText.Decode(place), $"{pointer}/in", errors);
        foreach (var member in written.EnumerateObject())
            read = Apply(read, member, DefinitionErrors.At(pointer, member.Name), errors);
        if (read is { Place: { } at, Style: { } style } && !StylesOf[at].Contains(style))
            errors.Add($"{pointer}/style", $"Expected {string.Join(" or ", StylesOf[at].Select(NameOf))} there.");
        return read;
    }

    /// <summary>The style of a name; null, and told, where there is none.</summary>
    public static ParameterStyle? ReadStyle(string? name, string pointer, DefinitionErrors errors)
    {
        if (name is not null && Styles.TryGetValue(name, out var style))
            return style;

        errors.Add(pointer, $"Expected one of {string.Join(", ", Styles.Keys)}.");
        return null;
    }

    /// <summary>The parameter of an argument that does not go into the body.</summary>
    public HttpParameter ToParameter(string argument, HttpPlace place)
    {
        var parameter = new HttpParameter(argument, Name ?? argument, place) { AsJson = AsJson };
        var style = Style ?? parameter.Style;
        return parameter with { Style = style, Explode = Explode ?? style is ParameterStyle.Form or ParameterStyle.DeepObject };
    }

    private static string NameOf(ParameterStyle style) => Styles.First(one => one.Value == style).Key;

    private static Placement? OfPlace(string text, string pointer, DefinitionErrors errors)
    {
        switch (text)
        {
            case "path": return new(HttpPlace.Path);
            case "query": return new(HttpPlace.Query);
            case "header": return new(HttpPlace.Header);
            case "cookie": return new(HttpPlace.Cookie);
            case "body": return new((HttpPlace?)null);
            default:
                errors.Add(pointer, "Expected path, query, header, cookie or body.");
                return null;
        }
    }

    private static Placement? Apply(Placement? read, JsonProperty member, string pointer, DefinitionErrors errors)
    {
        var (text, flag) = (member.Value.ValueKind == JsonValueKind.String ? JsonText.Decode(member.Value) : null, Flag(member.Value));
        switch (member.Name)
        {
            case "in":
                return read;
            case "name" when text is { Length: > 0 and <= 200 }:
                return read is null ? null : read with { Name = text };
            case "style":
                return ReadStyle(text, pointer, errors) is { } style && read is not null ? read with { Style = style } : read;
            case "explode" when flag is not null:
                return read is null ? null : read with { Explode = flag };
            case "as_json" when flag is not null:
                return read is null ? null : read with { AsJson = flag.Value };
            default:
                errors.Add(pointer, "Expected in, name (a text), style, explode or as_json (true or false).");
                return read;
        }
    }

    private static bool? Flag(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };
}
