using System.Text.RegularExpressions;
using ToolService.Core.Schema.Values;
using ToolService.Core.Tools.OpenApi.Reading;

namespace ToolService.Core.Tools.OpenApi.Operations;

/// <summary>Finds the URL that requests of an operation begin with: of the first server that is named nearest to it.</summary>
internal sealed partial class ServerUrls
{
    private const int MostServers = 100;
    private const int LongestUrl = 2_000;
    private const string Advice = "give the API's base URL, such as https://api.example.com/v1";

    private readonly OpenApiDocument _document;
    private readonly OpenApiImportOptions _options;
    private readonly string? _baseUrl;
    private string? _ofDocument;

    /// <exception cref="OpenApiException">The base URL in the options is none.</exception>
    public ServerUrls(OpenApiDocument document, OpenApiImportOptions options)
    {
        (_document, _options) = (document, options);
        if (options.BaseUrl is { } written)
            _baseUrl = Check(written, relativeTo: null, "The base URL", place: null);
    }

    /// <summary>Why the document itself names no server that can be used, where an operation needed it.</summary>
    public OpenApiException? Fault { get; private set; }

    private DocumentNode Root => new(_document.Root);

    /// <summary>The URL without a slash at its end.</summary>
    /// <exception cref="OpenApiException">There is none, or it is no URL.</exception>
    public string Of(DeclaredOperation operation)
    {
        if (_baseUrl is not null)
            return _baseUrl;
        foreach (var owner in (DocumentNode[])[operation.Node, operation.PathItem])
        {
            if (_document.Standard != OpenApiVersion.Swagger20
                && owner.Find("servers")?.Items().FirstOrDefault() is { Path: not null } server)
                return Read(server);
        }

        try
        {
            return _ofDocument ??= _document.Standard == OpenApiVersion.Swagger20 ? OfSwagger() : OfDocument();
        }
        catch (OpenApiException e)
        {
            Fault = e;
            throw;
        }
    }

    /// <summary>The servers that the document names, for a person to choose from.</summary>
    public IReadOnlyList<string> List()
    {
        if (_document.Standard == OpenApiVersion.Swagger20)
            return Root.TextOrNull("host") is { } host ? [SwaggerUrl(host)] : [];
        return [.. Root.Find("servers")?.Items().Take(MostServers).Select(Show) ?? []];
    }

    private string Show(DocumentNode server)
    {
        try
        {
            return Read(server);
        }
        catch (OpenApiException)
        {
            return JsonDisplay.OneLine(server.TextOrNull("url") ?? "", LongestUrl);
        }
    }

    private string OfDocument() => Root.Find("servers")?.Items().FirstOrDefault() is { Path: not null } server
        ? Read(server)
        : Check("/", _options.DocumentUrl, "The document names no server, and its own", "/servers");

    private string OfSwagger()
    {
        if (Root.TextOrNull("host") is not { } host)
            return Check(Root.TextOrNull("basePath") ?? "/", _options.DocumentUrl, "The document names no host, and its own", "/host");
        return Check(SwaggerUrl(host), null, "The URL of host and basePath", "/host");
    }

    private string SwaggerUrl(string host)
    {
        var schemes = Root.Find("schemes")?.Items().Take(MostServers).Select(item => DocumentNode.Scalar(item.Value)).ToList() ?? [];
        var scheme = schemes.Count == 0 || schemes.Contains("https") ? "https" : schemes.Find(scheme => scheme == "http") ?? "https";
        return $"{scheme}://{host}{Root.TextOrNull("basePath")}".TrimEnd('/');
    }

    private string Read(DocumentNode server)
    {
        var url = server.AsObject("A server").Text("url");
        if (url.Length > LongestUrl)
            throw server.Refuse($"A server's URL must have at most {LongestUrl} characters.");
        var filled = Variable().Replace(url, match => ValueOf(match.Groups["name"].Value, server));
        return Check(filled, _options.DocumentUrl, "The server's URL", server.Path.ToString());
    }

    private string ValueOf(string name, DocumentNode server)
    {
        var variable = server.Find("variables")?.Find(name);
        var value = _options.ServerVariables.GetValueOrDefault(name)
            ?? (variable?.Find("default") is { } standard ? DocumentNode.Scalar(standard.Value) : null)
            ?? throw server.Refuse($"The server's variable '{JsonDisplay.Shorten(name)}' has no value; give one, or a base URL.");
        var allowed = variable?.Find("enum")?.Items().Select(item => DocumentNode.Scalar(item.Value)).ToList() ?? [];
        return allowed.Count == 0 || allowed.Contains(value)
            ? value
            : throw server.Refuse(
                $"'{JsonDisplay.Shorten(value)}' is not among the values of the server's variable '{JsonDisplay.Shorten(name)}'.");
    }

    private static string Check(string written, Uri? relativeTo, string what, string? place)
    {
        var shown = JsonDisplay.Shorten(written);
        // A path such as "/v1" is an absolute file URL on Unix.
        var isAbsolute = written.Contains("://", StringComparison.Ordinal);
        if (!isAbsolute && relativeTo is null)
            throw new OpenApiException($"{what} '{shown}' is relative; {Advice}.", place);
        var isUrl = isAbsolute ? Uri.TryCreate(written, UriKind.Absolute, out var url) : Uri.TryCreate(relativeTo, written, out url);
        if (!isUrl || url is null)
            throw new OpenApiException($"{what} '{shown}' is no URL; {Advice}.", place);
        if ((url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps) || url.IdnHost.Length == 0)
            throw new OpenApiException($"{what} '{shown}' must be an http or https URL.", place);
        if (url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0 || written.AsSpan().ContainsAny('{', '}'))
            throw new OpenApiException($"{what} '{shown}' must have no user, query, fragment or braces.", place);
        return url.GetLeftPart(UriPartial.Path).TrimEnd('/');
    }

    [GeneratedRegex(@"\{(?<name>[^{}]+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
