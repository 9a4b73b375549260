using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ToolService.Core.Schema.Normalization;

/// <summary>Visits every schema in a document and applies the rules to each. The document's depth is checked before.</summary>
internal sealed class SchemaWalk(ChangeLog log)
{
    private bool _namesDialect;
    private bool _isDraft04;
    private int _schemas;

    public JsonElement Normalize(JsonElement document)
    {
        var root = new ObjectEdit(document, SchemaPath.Root, log);
        _namesDialect = root.Has("$schema");
        _isDraft04 = DialectRule.Apply(root);
        return Visit(root, declares: true);
    }

    private JsonElement Visit(JsonElement schema, SchemaPath path, bool declares) =>
        schema.ValueKind == JsonValueKind.Object ? Visit(new ObjectEdit(schema, path, log), declares) : schema;

    private JsonElement Visit(ObjectEdit schema, bool declares)
    {
        if (++_schemas > SchemaLimits.MaxSubschemas)
            throw new JsonSchemaException("", $"The schema has more than {SchemaLimits.MaxSubschemas} subschemas.");

        AbsentRule.Apply(schema);
        if (_isDraft04)
            DialectRule.ApplyId(schema);
        TypeRule.Apply(schema);
        RequiredRule.Apply(schema);
        BoundRule.Apply(schema);
        AnnotationRule.Apply(schema);
        // Whoever names a version of the standard means what it says: 'properties' alone lets other values pass.
        if (declares && !_namesDialect)
            MissingTypeRule.Apply(schema);
        foreach (var keyword in schema.Names)
            VisitSchemasIn(schema, keyword);
        // Last, since it may move what stands here one level down.
        NullableRule.Apply(schema);
        return schema.ToElement();
    }

    private void VisitSchemasIn(ObjectEdit schema, string keyword)
    {
        if (SchemaPositions.Of(keyword) is not { } position)
            return;

        var value = schema[keyword];
        var visited = value.ValueKind switch
        {
            JsonValueKind.Object when position.IsMap => VisitMap(schema.Open(keyword), position.Declares),
            JsonValueKind.Object => Visit(value, schema.PathOf(keyword), position.Declares),
            JsonValueKind.Array => VisitList(value, schema.PathOf(keyword), position.Declares),
            _ => value,
        };
        if (!IsSame(value, visited))
            schema.Set(keyword, visited);
    }

    private JsonElement VisitMap(ObjectEdit map, bool declares)
    {
        foreach (var name in map.Names)
        {
            var value = map[name];
            var visited = Visit(value, map.PathOf(name), declares);
            if (!IsSame(value, visited))
                map.Set(name, visited);
        }

        return map.ToElement();
    }

    private JsonElement VisitList(JsonElement list, SchemaPath path, bool declares)
    {
        List<JsonElement> items = [.. list.EnumerateArray()];
        var isChanged = false;
        for (var i = 0; i < items.Count; i++)
        {
            var visited = Visit(items[i], path.Append(i.ToString(CultureInfo.InvariantCulture)), declares);
            isChanged |= !IsSame(items[i], visited);
            items[i] = visited;
        }

        return isChanged ? ObjectEdit.List(items) : list;
    }

    // Not equal text, but the very same bytes: what was not edited comes back as it was.
    private static bool IsSame(JsonElement left, JsonElement right) =>
        JsonMarshal.GetRawUtf8Value(left) == JsonMarshal.GetRawUtf8Value(right);
}
