using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Models.TextCalls;

/// <summary>The tools that are on offer: which calls count, and of which type their arguments are.</summary>
/// <param name="schemas">Their input schemas by name.</param>
/// <param name="onlyOffered">Whether a call to any other tool is just text.</param>
internal sealed class TextTools(IReadOnlyDictionary<string, JsonElement> schemas, bool onlyOffered)
{
    private const int MaxReferences = 16;

    public static TextTools From(IEnumerable<AITool>? tools, bool onlyOffered)
    {
        var schemas = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var tool in tools?.OfType<AIFunctionDeclaration>() ?? [])
            schemas[tool.Name] = tool.JsonSchema;
        return new TextTools(schemas, onlyOffered);
    }

    public bool IsEmpty => schemas.Count == 0;

    public bool Offers(string name) => schemas.ContainsKey(name);

    /// <summary>
    /// Whether this is a call. To a tool on offer always, also with arguments that are no JSON: the model is told what is wrong with
    /// them. To another one only if it is well formed and unmistakable, so that the model learns that there is no such tool.
    /// </summary>
    public bool Accepts(TextPiece.Call call, ITextCallFormat format) =>
        Offers(call.Name) || (!onlyOffered && !format.NeedsOfferedTool && JsonText.IsObject(call.Arguments));

    /// <summary>The schema of a tool's parameter, if it is known.</summary>
    public JsonElement? Parameter(string tool, string name) =>
        schemas.TryGetValue(tool, out var schema)
        && Resolve(schema, schema) is { ValueKind: JsonValueKind.Object } root
        && root.TryGetProperty("properties", out var properties)
        && properties.ValueKind is JsonValueKind.Object
        && properties.TryGetProperty(name, out var parameter)
            ? parameter
            : null;

    /// <summary>The JSON types that a parameter's schema names; none where it names none.</summary>
    public IReadOnlySet<string> Types(string tool, string parameter)
    {
        var types = new HashSet<string>(StringComparer.Ordinal);
        if (Parameter(tool, parameter) is { } schema)
            AddTypes(types, schema, schemas[tool], MaxReferences);
        return types;
    }

    private static void AddTypes(HashSet<string> types, JsonElement schema, JsonElement root, int depth)
    {
        schema = Resolve(schema, root);
        if (schema.ValueKind is not JsonValueKind.Object || depth == 0)
            return;

        if (schema.TryGetProperty("type", out var type))
            foreach (var name in type.ValueKind is JsonValueKind.Array ? [.. type.EnumerateArray()] : (JsonElement[])[type])
                if (name.ValueKind is JsonValueKind.String)
                    types.Add(name.GetString()!);
        foreach (var keyword in (string[])["anyOf", "oneOf", "allOf"])
            if (schema.TryGetProperty(keyword, out var parts) && parts.ValueKind is JsonValueKind.Array)
                foreach (var part in parts.EnumerateArray())
                    AddTypes(types, part, root, depth - 1);
    }

    private static JsonElement Resolve(JsonElement schema, JsonElement root)
    {
        for (var i = 0; i < MaxReferences; i++)
        {
            if (schema.ValueKind is not JsonValueKind.Object
                || !schema.TryGetProperty("$ref", out var reference)
                || reference.ValueKind is not JsonValueKind.String
                || reference.GetString() is not ['#', '/', .. var path])
                break;

            schema = root;
            foreach (var step in path.Split('/'))
                if (schema.ValueKind is not JsonValueKind.Object
                    || !schema.TryGetProperty(step.Replace("~1", "/").Replace("~0", "~"), out schema))
                    return default;
        }

        return schema;
    }
}
