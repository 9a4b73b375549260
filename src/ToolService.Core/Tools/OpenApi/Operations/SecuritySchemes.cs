using System.Text.Json;
using ToolService.Core.Schema.Values;
using ToolService.Core.Tools.OpenApi.Reading;

namespace ToolService.Core.Tools.OpenApi.Operations;

/// <summary>Decides what requests carry so that the API knows who calls.</summary>
internal sealed class SecuritySchemes
{
    private const int MostSchemes = 100;
    private const int MostAlternatives = 100;

    private readonly Dictionary<string, SecurityScheme> _schemes = new(StringComparer.Ordinal);
    private readonly OpenApiImportOptions _options;
    private readonly DocumentNode? _ofDocument;

    /// <exception cref="OpenApiException">The schemes cannot be read, or the options name one that is not there.</exception>
    public SecuritySchemes(OpenApiDocument document, OpenApiImportOptions options, DocumentReferences references)
    {
        _options = options;
        var root = new DocumentNode(document.Root);
        _ofDocument = root.Find("security");
        var declared = document.Standard == OpenApiVersion.Swagger20
            ? root.Find("securityDefinitions")
            : root.Find("components")?.Find("securitySchemes");
        var names = new SecretNames(options);
        foreach (var (name, node) in (declared?.Members() ?? []).Take(MostSchemes).OrderBy(member => member.Name, StringComparer.Ordinal))
            _schemes[name] = SecuritySchemeReader.Read(name, names.Of(name), node, references);
        if (options.Secrets.Keys.FirstOrDefault(name => !_schemes.ContainsKey(name)) is { } unknown)
            throw new OpenApiException(
                $"'secrets' names the security scheme '{JsonDisplay.Shorten(unknown)}', which the document does not have; it has "
                + $"{(_schemes.Count == 0 ? "none" : string.Join(", ", _schemes.Keys.Take(10).Select(JsonDisplay.Shorten)))}.");
    }

    public IReadOnlyList<ImportedSecurityScheme> ToImported() => [.. _schemes.Values.Select(scheme => scheme.ToImported())];

    /// <summary>What requests of the operation carry, by the first alternative whose secrets are named, or that can be used.</summary>
    /// <exception cref="OpenApiException">There is no alternative that can be used.</exception>
    public IReadOnlyList<SecurityScheme> Of(DeclaredOperation operation)
    {
        if ((operation.Node.Find("security") ?? _ofDocument) is not { Value.ValueKind: JsonValueKind.Array } security)
            return [];
        List<List<string>> alternatives =
            [.. security.Items().Take(MostAlternatives).Select(item => item.Members().Select(member => member.Name).ToList())];
        if (alternatives.Count == 0)
            return [];
        var usable = alternatives.FindAll(names => names.TrueForAll(IsUsable));
        var chosen = usable.Find(names => names.Count > 0 && names.TrueForAll(_options.Secrets.ContainsKey))
            ?? usable.Find(names => names.Count == 0)
            ?? usable.FirstOrDefault();
        return chosen is null
            ? throw security.Refuse($"It asks for security that cannot be used: {Why(alternatives)}")
            : [.. chosen.Select(name => _schemes[name])];
    }

    private bool IsUsable(string name) => _schemes.TryGetValue(name, out var scheme) && scheme.Constant is not null;

    private string Why(List<List<string>> alternatives) => string.Join(' ', alternatives.SelectMany(names => names)
        .Where(name => !IsUsable(name))
        .Distinct()
        .Take(3)
        .Select(name => _schemes.TryGetValue(name, out var scheme)
            ? scheme.Description
            : $"The document has no security scheme '{JsonDisplay.Shorten(name)}'."));
}
