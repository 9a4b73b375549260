using System.Collections.Frozen;
using System.Text.Json;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Compilation;

/// <summary>Reads the <c>$vocabulary</c> of a registered meta-schema.</summary>
internal static class CustomVocabularies
{
    private static readonly FrozenDictionary<string, Vocabulary> Known = StandardVocabularies.Draft202012
        .Concat(StandardVocabularies.Draft201909).ToFrozenDictionary(vocabulary => vocabulary.Uri, StringComparer.Ordinal);

    /// <summary>The dialect of the vocabularies that this service knows; others may be left out only where they are optional.</summary>
    /// <exception cref="JsonSchemaException">An unknown vocabulary is required, or no core vocabulary is listed.</exception>
    public static SchemaDialect Read(JsonElement vocabularies, string metaschema)
    {
        var pointer = $"{metaschema}#/$vocabulary";
        var listed = ReadList(vocabularies, metaschema);
        foreach (var (uri, isRequired) in listed)
        {
            if (isRequired && !Known.ContainsKey(uri))
                throw new JsonSchemaException(
                    JsonPointer.Append(pointer, uri),
                    $"The vocabulary \"{JsonDisplay.Shorten(uri)}\" is required and unknown; list it as false if it may be ignored.");
        }

        if (!listed.ContainsKey(StandardVocabularies.Core202012) && !listed.ContainsKey(StandardVocabularies.Core201909))
            throw new JsonSchemaException(
                pointer, $"A meta-schema must list a core vocabulary, such as \"{StandardVocabularies.Core202012}\".");
        return new SchemaDialect(
            JsonDisplay.Shorten(metaschema),
            listed.ContainsKey(StandardVocabularies.Core202012) ? SchemaDraft.Draft202012 : SchemaDraft.Draft201909,
            listed.Keys.Where(Known.ContainsKey).Select(uri => Known[uri]),
            listed.ContainsKey(StandardVocabularies.FormatAssertion) || listed.GetValueOrDefault(StandardVocabularies.Format201909));
    }

    private static Dictionary<string, bool> ReadList(JsonElement vocabularies, string metaschema)
    {
        if (vocabularies.ValueKind != JsonValueKind.Object
            || vocabularies.EnumerateObject().Any(property => property.Value.ValueKind is not (JsonValueKind.True or JsonValueKind.False)))
            throw MalformedKeyword.In($"{metaschema}#", "$vocabulary", "an object of true or false by URI", vocabularies);

        var listed = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var property in vocabularies.EnumerateObject())
            listed[JsonText.Decode(PropertyName.Raw(property))] = property.Value.GetBoolean();
        return listed;
    }
}
