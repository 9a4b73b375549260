using System.Buffers;
using System.Text.Json;
using ToolService.Core.Schema.Values;
using ToolService.Core.Tools.Http.Operations;
using ToolService.Core.Tools.OpenApi.Reading;

namespace ToolService.Core.Tools.OpenApi.Operations;

/// <summary>Maps the parameters that become arguments. Those whose values the client itself decides do not.</summary>
internal static class ParameterMapping
{
    // The standard says that the first three are ignored; the others frame the message, and no argument may change that.
    private static readonly string[] IgnoredHeaders =
    [
        "Accept", "Content-Type", "Authorization", "Host", "Connection", "Content-Length", "Transfer-Encoding", "TE", "Trailer", "Upgrade",
        "Expect", "Proxy-Authorization",
    ];

    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly DocumentNode AnyText = new(JsonElement.Parse("""{"type":"string"}"""));

    /// <exception cref="OpenApiException">One of them cannot be sent as the document says.</exception>
    public static List<MappedParameter> Map(
        DeclaredOperation operation,
        IEnumerable<DeclaredParameter> declared,
        OpenApiVersion standard,
        IReadOnlyList<HttpConstant> constants,
        ArgumentNames names)
    {
        var template = PathTemplate.Names(operation);
        var mapped = declared
            .Where(parameter => !(parameter.In == "header" && IgnoredHeaders.Contains(parameter.Name, StringComparer.OrdinalIgnoreCase)))
            .Select(parameter => (Parameter: parameter, Place: PlaceOf(parameter)))
            .Where(pair => !constants.Any(constant => IsSame(constant, pair.Place, pair.Parameter.Name)))
            .OrderBy(pair => pair.Place)
            .Select(pair => Map(pair.Parameter, pair.Place, standard, names))
            .ToList();
        var paths = mapped.Where(parameter => parameter.Http.Place == HttpPlace.Path).Select(parameter => parameter.Http.Name).ToList();
        if (paths.Find(name => !template.Contains(name)) is { } unused)
            throw operation.Node.Refuse($"The path has no '{{{JsonDisplay.Shorten(unused)}}}' for the path parameter of that name.");
        // A part of the path can be nothing but a required text, whether somebody wrote that down or not.
        return [.. template.Except(paths).Select(name => Undeclared(name, names)), .. mapped];
    }

    private static MappedParameter Undeclared(string name, ArgumentNames names)
    {
        var argument = names.Take(name, "path");
        return new MappedParameter(new HttpParameter(argument, name, HttpPlace.Path), new ToolArgument(argument, true, AnyText));
    }

    private static HttpPlace PlaceOf(DeclaredParameter parameter) => parameter.In switch
    {
        "path" => HttpPlace.Path,
        "query" => HttpPlace.Query,
        "header" when IsToken(parameter.Name) => HttpPlace.Header,
        "cookie" when IsToken(parameter.Name) => HttpPlace.Cookie,
        _ => throw parameter.Node.Refuse($"'{JsonDisplay.Shorten(parameter.Name)}' cannot be the name of a {parameter.In}."),
    };

    public static bool IsToken(string name) => !name.AsSpan().ContainsAnyExcept(TokenCharacters);

    // Keys are the operator's to give, not the model's.
    private static bool IsSame(HttpConstant constant, HttpPlace place, string name) =>
        constant.Place == place
        && string.Equals(constant.Name, name, place == HttpPlace.Header ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    private static MappedParameter Map(DeclaredParameter parameter, HttpPlace place, OpenApiVersion standard, ArgumentNames names)
    {
        var node = parameter.Node;
        var argument = names.Take(parameter.Name, parameter.In);
        var isOld = standard == OpenApiVersion.Swagger20;
        var content = isOld ? null : ContentOf(node);
        var (style, explode) = isOld ? CollectionFormat.Of(node, place) : StyleOf(node, place);
        var schema = isOld ? SwaggerSchema.Of(node) : content?.Schema ?? node.Find("schema") ?? AnyText;
        if (schema.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False))
            throw schema.Refuse($"A schema must be an object, got {JsonDisplay.Describe(schema.Value)}.");

        return new MappedParameter(
            new HttpParameter(argument, parameter.Name, place) { Style = style, Explode = explode, AsJson = content?.IsJson ?? false },
            new ToolArgument(argument, parameter.IsRequired, schema)
            {
                Description = node.TextOrNull("description") is { Length: > 0 } description ? description : null,
                IsDeprecated = node.Flag("deprecated"),
            });
    }

    private static (DocumentNode? Schema, bool IsJson)? ContentOf(DocumentNode parameter)
    {
        if (parameter.Find("content") is not { } content)
            return null;
        var types = content.AsObject("'content'").Members().Take(2).ToList();
        if (types is not [var (type, media)])
            throw content.Refuse("A parameter's 'content' must have one content type.");
        return (media.Find("schema"), MediaTypes.IsJson(type));
    }

    private static (ParameterStyle Style, bool Explode) StyleOf(DocumentNode parameter, HttpPlace place)
    {
        var style = (parameter.TextOrNull("style"), place) switch
        {
            (null or "simple", HttpPlace.Path or HttpPlace.Header) => ParameterStyle.Simple,
            (null or "form", HttpPlace.Query or HttpPlace.Cookie) or ("cookie", HttpPlace.Cookie) => ParameterStyle.Form,
            ("label", HttpPlace.Path) => ParameterStyle.Label,
            ("matrix", HttpPlace.Path) => ParameterStyle.Matrix,
            ("spaceDelimited", HttpPlace.Query) => ParameterStyle.SpaceDelimited,
            ("pipeDelimited", HttpPlace.Query) => ParameterStyle.PipeDelimited,
            ("deepObject", HttpPlace.Query) => ParameterStyle.DeepObject,
            var (other, _) => throw parameter.Refuse(
                $"The style '{JsonDisplay.Shorten(other!)}' has no meaning in the {place.ToString().ToLowerInvariant()}."),
        };
        var explode = parameter.Find("explode")?.Value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => style is ParameterStyle.Form or ParameterStyle.DeepObject,
        };
        return (style, explode);
    }
}
