using System.Text.Json;
using ToolService.Core.Tools.OpenApi.Reading;

namespace ToolService.Core.Tools.OpenApi.Schemas;

/// <summary>Finds the properties that only answers have: a schema may require them, a request need not have them.</summary>
internal sealed class ReadOnlyProperties(DocumentReferences references)
{
    private const int MostSchemas = 100;

    private static readonly HashSet<string> None = [];

    /// <summary>The names, with those known from around it: parts of <c>allOf</c> may require what others declare.</summary>
    public HashSet<string> Of(DocumentNode schema, HashSet<string> inherited)
    {
        var hasParts = schema.Find("allOf") is not null;
        if (!hasParts && schema.Find("required") is null)
            return None;
        var names = new HashSet<string>(inherited, StringComparer.Ordinal);
        var pending = new Queue<DocumentNode>([schema]);
        for (var visited = 0; visited < MostSchemas && pending.TryDequeue(out var part); visited++)
        {
            foreach (var (name, property) in part.Find("properties")?.Members() ?? [])
            {
                if (IsReadOnly(property))
                    names.Add(name);
            }

            foreach (var inner in part.Find("allOf")?.Items() ?? [])
                pending.Enqueue(Target(inner));
        }

        return names;
    }

    private bool IsReadOnly(DocumentNode property) => property.Flag("readOnly") || Target(property).Flag("readOnly");

    // A reference that leads nowhere is refused where it is written.
    private DocumentNode Target(DocumentNode schema)
    {
        if (schema.Find("$ref") is not { Value.ValueKind: JsonValueKind.String })
            return schema;
        try
        {
            return references.Resolve(schema);
        }
        catch (OpenApiException)
        {
            return schema;
        }
    }
}
