using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using ToolService.Core.Tools.OpenApi.Reading;

namespace ToolService.Core.Tools.OpenApi.Schemas;

/// <summary>Rewrites the schemas that others refer to, each once however many tools need it.</summary>
internal sealed class SchemaDefinitions(DocumentReferences references)
{
    // White space between its parts is not counted in what it becomes.
    private const int MostWrittenBytes = 4 * OpenApiLimits.MaxSchemaBytes;

    private readonly SchemaRewriter _rewriter = new(references);
    private readonly Dictionary<string, SchemaDefinition> _definitions = new(StringComparer.Ordinal);

    public SchemaRewriter Rewriter => _rewriter;

    /// <exception cref="OpenApiException">There is none at this pointer, or it has no meaning in a tool.</exception>
    public SchemaDefinition Find(string pointer)
    {
        if (_definitions.TryGetValue(pointer, out var known))
            return known;
        var path = DocumentReferences.PathOf(pointer);
        var schema = references.Find(pointer, path);
        if (JsonMarshal.GetRawUtf8Value(schema).Length > MostWrittenBytes)
            throw new OpenApiException($"The schema has more than {MostWrittenBytes} bytes.", path.ToString());

        var buffer = new ArrayBufferWriter<byte>();
        var found = new List<string>();
        using (var json = new Utf8JsonWriter(buffer, SchemaRewriter.Output))
            _rewriter.Write(new DocumentNode(schema, path), json, found);
        return _definitions[pointer] = new SchemaDefinition(DefinitionName.Of(pointer), buffer.WrittenSpan.ToArray(), found);
    }
}
