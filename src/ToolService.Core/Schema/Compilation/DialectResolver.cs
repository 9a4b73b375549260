using System.Text.Json;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Compilation;

/// <summary>Finds the dialect that <c>$schema</c> names: a draft, or what a registered meta-schema makes of one.</summary>
internal sealed class DialectResolver(SchemaOptions options)
{
    private const string Latest = "https://json-schema.org/draft/2020-12/schema";
    private const int MaxChain = 16;

    private readonly Dictionary<string, SchemaDialect> _custom = new(StringComparer.Ordinal);
    private int _chain;

    /// <summary>The dialect of documents that name none.</summary>
    public SchemaDialect Default { get; } = SchemaDialect.Of(options.Draft);

    /// <summary>The dialect that the value of <c>$schema</c> names.</summary>
    /// <param name="schema">The value.</param>
    /// <param name="pointer">Where it stands.</param>
    /// <exception cref="JsonSchemaException">There is no such dialect, or it needs a vocabulary that does not exist here.</exception>
    public SchemaDialect Find(JsonElement schema, string pointer)
    {
        var text = schema.ValueKind == JsonValueKind.String ? JsonText.Decode(schema) : "";
        var name = text.TrimEnd('#');
        if (Standard(name) is { } standard)
            return standard;
        if (!Uri.TryCreate(name, UriKind.Absolute, out var uri) || !options.Documents.TryFind(uri.AbsoluteUri, out var metaschema))
        {
            throw new JsonSchemaException(pointer,
                $"'$schema' {JsonDisplay.Show(schema)} is not supported; use \"{Latest}\" or leave it out. "
                + "A meta-schema of your own must be registered as a document.");
        }

        if (_custom.TryGetValue(uri.AbsoluteUri, out var known))
            return known;
        if (++_chain > MaxChain)
            throw new JsonSchemaException(
                pointer, $"More than {MaxChain} meta-schemas name each other in '$schema' without a '$vocabulary'.");
        var dialect = _custom[uri.AbsoluteUri] = Derive(metaschema, uri.AbsoluteUri);
        _chain--;
        return dialect;
    }

    private static SchemaDialect? Standard(string name) => name switch
    {
        Latest => SchemaDialect.Draft202012,
        "https://json-schema.org/draft/2019-09/schema" => SchemaDialect.Draft201909,
        "http://json-schema.org/draft-07/schema" or "https://json-schema.org/draft-07/schema" => SchemaDialect.Draft07,
        _ => null,
    };

    private SchemaDialect Derive(JsonElement metaschema, string uri)
    {
        if (metaschema.ValueKind != JsonValueKind.Object)
            return Default;

        var hasSchema = PropertyName.TryFind(metaschema, "$schema"u8, out var schema);
        var isDraft07 = hasSchema && schema.ValueKind == JsonValueKind.String
            && Standard(JsonText.Decode(schema).TrimEnd('#')) == SchemaDialect.Draft07;
        if (!isDraft07 && PropertyName.TryFind(metaschema, "$vocabulary"u8, out var vocabularies))
            return CustomVocabularies.Read(vocabularies, uri);
        return hasSchema ? Find(schema, $"{uri}#/$schema") : Default;
    }
}
