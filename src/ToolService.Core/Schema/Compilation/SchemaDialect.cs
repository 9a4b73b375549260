using System.Text.Json;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Compilation;

/// <summary>
/// The version of the standard that <c>$schema</c> names. Schemas of two older ones compile as long as every keyword in them means
/// what it means in 2020-12; the others are refused.
/// </summary>
internal sealed class SchemaDialect
{
    private const string Latest = "https://json-schema.org/draft/2020-12/schema";

    private static readonly SchemaDialect Draft202012 = new("2020-12", [], refStandsAlone: false);

    private static readonly SchemaDialect Draft201909 = new("2019-09", ["prefixItems", "$dynamicRef", "$dynamicAnchor", "unevaluatedItems"], refStandsAlone: false);

    private static readonly SchemaDialect Draft07 = new(
        "draft-07",
        [
            "prefixItems", "$dynamicRef", "$dynamicAnchor", "$anchor", "dependentRequired", "dependentSchemas", "minContains", "maxContains",
            "unevaluatedItems", "unevaluatedProperties",
        ],
        refStandsAlone: true);

    private readonly string _name;
    private readonly string[] _refused;
    private readonly bool _refStandsAlone;

    private SchemaDialect(string name, string[] refused, bool refStandsAlone) =>
        (_name, _refused, _refStandsAlone) = (name, refused, refStandsAlone);

    /// <summary>The dialect of a whole document.</summary>
    /// <exception cref="JsonSchemaException"><c>$schema</c> names another one.</exception>
    public static SchemaDialect Of(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || !PropertyName.TryFind(schema, "$schema"u8, out var uri))
            return Draft202012;

        var text = uri.ValueKind == JsonValueKind.String ? JsonText.Decode(uri).TrimEnd('#') : "";
        return text switch
        {
            Latest => Draft202012,
            "https://json-schema.org/draft/2019-09/schema" => Draft201909,
            "http://json-schema.org/draft-07/schema" or "https://json-schema.org/draft-07/schema" => Draft07,
            _ => throw new JsonSchemaException("/$schema", $"'$schema' {JsonDisplay.Show(uri)} is not supported; use \"{Latest}\" or leave it out."),
        };
    }

    /// <summary>Refuses keywords that this dialect lacks or understands otherwise.</summary>
    public void Check(SchemaPlace place, IReadOnlyCollection<(string Name, KeywordShape Shape)> keywords)
    {
        foreach (var (name, _) in keywords)
        {
            if (_refused.Contains(name, StringComparer.Ordinal))
                throw new JsonSchemaException(
                    JsonPointer.Append(place.Pointer, name),
                    $"'{name}' does not mean in {_name} what it means in 2020-12; set '$schema' to \"{Latest}\".");
        }

        if (!_refStandsAlone || keywords.All(keyword => keyword.Name != "$ref"))
            return;
        var ignored = keywords
            .FirstOrDefault(keyword =>
                keyword.Name is not ("$ref" or "$schema" or "$defs" or "definitions") && keyword.Shape != KeywordShape.Annotation)
            .Name;
        if (ignored is not null)
            throw new JsonSchemaException(
                JsonPointer.Append(place.Pointer, ignored),
                $"'{ignored}' beside '$ref' is ignored in {_name}; move both into 'allOf', or set '$schema' to \"{Latest}\".");
    }
}
