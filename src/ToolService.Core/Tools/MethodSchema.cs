using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Tools;

/// <summary>Finishes the schema that is generated from a method: names as the model sees them, nothing unknown, nothing lost.</summary>
internal static class MethodSchema
{
    /// <summary>The generated schema with snake_case parameters, closed, and with recursive types under <c>$defs</c>.</summary>
    /// <exception cref="ToolDefinitionException">Two parameters get the same name.</exception>
    public static JsonElement For(MethodInfo method, JsonElement generated)
    {
        var source = JsonObject.Create(generated)!;
        var schema = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject() };
        foreach (var parameter in method.GetParameters())
            Add(schema, source, parameter);
        schema["additionalProperties"] = false;
        RecursiveTypes.MoveToDefinitions(schema);
        return JsonSerializer.SerializeToElement(schema, ToolJson.Options);
    }

    /// <summary>Corrects one generated node; called for each while the schema is generated.</summary>
    public static JsonNode TransformNode(AIJsonSchemaCreateContext context, JsonNode node)
    {
        if (node is not JsonObject schema)
            return node;

        // The generator gives every list without items some, also where it is a reference.
        if (schema.ContainsKey("$ref"))
            schema.Remove("items");
        // The generator lets everything within a nullable parameter be null as well.
        if (!context.Path.IsEmpty && !TakesNull(context) && schema["type"] is JsonArray types && types.Count == 2 && types.Any(IsNull))
            schema["type"] = types.First(type => !IsNull(type))!.DeepClone();
        Correct(schema, context.GetCustomAttribute<RangeAttribute>());
        return schema;
    }

    private static bool TakesNull(AIJsonSchemaCreateContext context) =>
        Nullable.GetUnderlyingType(context.TypeInfo.Type) is not null
        || (context.PropertyInfo is { } property && (property.AssociatedParameter?.IsNullable ?? property.IsSetNullable));

    private static bool IsNull(JsonNode? type) => (string?)type == "null";

    private static void Add(JsonObject schema, JsonObject source, ParameterInfo parameter)
    {
        if (!source["properties"]!.AsObject().Remove(parameter.Name!, out var node))
            return;

        var name = ToolParameters.NameOf(parameter);
        if (node is JsonObject property)
            Correct(property, parameter.GetCustomAttribute<RangeAttribute>());
        RecursiveTypes.Redirect(node!, $"#/properties/{parameter.Name}", $"#/properties/{name}");
        if (!schema["properties"]!.AsObject().TryAdd(name, node))
            throw new ToolDefinitionException($"Two parameters of method {parameter.Member.Name} are called '{name}' in snake_case.");
        if (source["required"] is JsonArray required && required.Any(item => (string?)item == parameter.Name))
            (schema["required"] ??= new JsonArray()).AsArray().Add(name);
    }

    private static void Correct(JsonObject schema, RangeAttribute? range)
    {
        if (range is not null)
            SetRange(schema, range);

        // An enumeration of a nullable type must list null too, or the type's null could never be given.
        if (schema["type"] is JsonArray types && types.Any(IsNull)
            && schema["enum"] is JsonArray values && !values.Contains(null))
            values.Add(null);
    }

    // The generator drops exclusive lower bounds up to zero, and writes bounds that are given as text as JSON strings.
    private static void SetRange(JsonObject schema, RangeAttribute range)
    {
        foreach (var keyword in (string[])["minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"])
            schema.Remove(keyword);
        schema[range.MinimumIsExclusive ? "exclusiveMinimum" : "minimum"] = Bound(range.Minimum);
        schema[range.MaximumIsExclusive ? "exclusiveMaximum" : "maximum"] = Bound(range.Maximum);
    }

    private static JsonValue Bound(object value) => value switch
    {
        int integer => JsonValue.Create(integer),
        double number => JsonValue.Create(number),
        _ => JsonValue.Create(decimal.Parse(Convert.ToString(value, CultureInfo.InvariantCulture)!, CultureInfo.InvariantCulture)),
    };
}
