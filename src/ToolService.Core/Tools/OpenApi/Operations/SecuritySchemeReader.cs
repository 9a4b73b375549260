using ToolService.Core.Schema.Values;
using ToolService.Core.Tools.Http.Operations;
using ToolService.Core.Tools.OpenApi.Reading;

namespace ToolService.Core.Tools.OpenApi.Operations;

/// <summary>Reads what a security scheme asks requests to carry.</summary>
internal static class SecuritySchemeReader
{
    private const string Authorization = "Authorization";

    public static SecurityScheme Read(string name, string secret, DocumentNode node, DocumentReferences references)
    {
        DocumentNode scheme;
        try
        {
            scheme = references.Resolve(node);
        }
        catch (OpenApiException e)
        {
            return Unusable(name, "unknown", secret, e.Message);
        }

        var type = scheme.TextOrNull("type") ?? "";
        return (type, scheme.TextOrNull("scheme")?.ToLowerInvariant()) switch
        {
            ("apiKey", _) => Key(name, secret, scheme),
            ("basic", _) or ("http", "basic") => new SecurityScheme(
                name, "basic", secret, Header("Basic", secret), "User name and password as 'user:password', encoded as base64."),
            ("http", "bearer") => new SecurityScheme(name, "bearer", secret, Header("Bearer", secret), "The token."),
            ("oauth2" or "openIdConnect", _) => new SecurityScheme(
                name, type, secret, Header("Bearer", secret), "An access token; it is sent as it is and not renewed."),
            ("http", var other) => Unusable(
                name, "http", secret,
                $"'{JsonDisplay.Shorten(name)}' is of the HTTP scheme '{JsonDisplay.Shorten(other ?? "")}', which is not supported."),
            _ => Unusable(
                name, JsonDisplay.Shorten(type), secret,
                $"'{JsonDisplay.Shorten(name)}' is of the type '{JsonDisplay.Shorten(type)}', which is not supported."),
        };
    }

    private static SecurityScheme Key(string name, string secret, DocumentNode scheme)
    {
        HttpPlace? place = scheme.TextOrNull("in") switch
        {
            "header" => HttpPlace.Header,
            "query" => HttpPlace.Query,
            "cookie" => HttpPlace.Cookie,
            _ => null,
        };
        var parameter = scheme.TextOrNull("name") ?? "";
        if (place is null || parameter.Length is 0 or > 200 || (place != HttpPlace.Query && !ParameterMapping.IsToken(parameter)))
            return Unusable(
                name, "apiKey", secret,
                $"'{JsonDisplay.Shorten(name)}' must say with 'in' and 'name' in which header, query parameter or cookie the key goes.");
        return new SecurityScheme(
            name, "apiKey", secret, new HttpConstant(place.Value, parameter, Reference(secret)),
            $"The key, sent in the {place.Value.ToString().ToLowerInvariant()} '{JsonDisplay.Shorten(parameter)}'.");
    }

    private static SecurityScheme Unusable(string name, string kind, string secret, string why) => new(name, kind, secret, null, why);

    private static HttpConstant Header(string scheme, string secret) =>
        new(HttpPlace.Header, Authorization, $"{scheme} {Reference(secret)}");

    private static string Reference(string secret) => $"${{secret:{secret}}}";
}
