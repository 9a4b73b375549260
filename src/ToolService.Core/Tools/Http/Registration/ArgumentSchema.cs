using System.Text.Json;
using System.Text.Json.Nodes;
using ToolService.Core.Schema;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Tools.Http.Registration;

/// <summary>The schema of a definition's arguments, from its own or from its list of parameters.</summary>
internal sealed class ArgumentSchema
{
    private static readonly string[] Types = ["string", "number", "integer", "boolean", "array", "object"];

    private ArgumentSchema(JsonElement schema, Func<string, string> pointerTo)
    {
        Schema = schema;
        PointerTo = pointerTo;
        Names = schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties)
            && properties.ValueKind == JsonValueKind.Object ? [.. properties.EnumerateObject().Select(property => property.Name)] : [];
        Required = Names.Count > 0 && schema.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array
            ? [.. required.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(JsonText.Decode)]
            : [];
    }

    public JsonElement Schema { get; }

    /// <summary>The names of the arguments, in their order.</summary>
    public IReadOnlyList<string> Names { get; }

    public HashSet<string> Required { get; }

    /// <summary>Where in the definition an argument is described.</summary>
    public Func<string, string> PointerTo { get; }

    /// <summary>What is sent for arguments that are left out.</summary>
    public Dictionary<string, JsonElement> Defaults() => Names
        .Select(name => (Name: name, Property: Schema.GetProperty("properties").GetProperty(name)))
        .Where(property => property.Property.ValueKind == JsonValueKind.Object && property.Property.TryGetProperty("default", out _))
        .ToDictionary(property => property.Name, property => property.Property.GetProperty("default"), StringComparer.Ordinal);

    public static ArgumentSchema Of(HttpToolDefinition definition, DefinitionErrors errors)
    {
        errors.AddIf(
            definition is { InputSchema: not null, Parameters: not null },
            "/parameters", "Give either input_schema or parameters, not both.");
        if (definition.InputSchema is { } schema)
        {
            Check(schema, "/input_schema", errors);
            return new ArgumentSchema(schema, name => DefinitionErrors.At("/input_schema/properties", name));
        }

        var parameters = definition.Parameters ?? [];
        var listed = List(parameters, errors);
        return new ArgumentSchema(
            listed, name => $"/parameters/{parameters.Index().First(parameter => parameter.Item.Name == name).Index}");
    }

    private static void Check(JsonElement schema, string pointer, DefinitionErrors errors)
    {
        try
        {
            Tool.CheckSchema(schema);
        }
        catch (JsonSchemaException e)
        {
            errors.Add(pointer + e.Pointer, e.Message);
        }
    }

    private static JsonElement List(IReadOnlyList<HttpToolParameter> parameters, DefinitionErrors errors)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var (index, parameter) in parameters.Index())
        {
            var pointer = $"/parameters/{index}";
            errors.AddIf(parameter.Name.Length is 0 or > 100, $"{pointer}/name", "A parameter's name has 1 to 100 characters.");
            var type = parameter.Type ?? "string";
            if (!Types.Contains(type))
            {
                errors.Add($"{pointer}/type", $"'{type}' is none of {string.Join(", ", Types)}.");
                type = "string";
            }

            var property = Property(parameter, type);
            CheckDefault(parameter, property, pointer, errors);
            if (!properties.TryAdd(parameter.Name, property))
                errors.Add($"{pointer}/name", $"There is a parameter '{parameter.Name}' already.");
            else if (parameter.Required)
                required.Add(parameter.Name);
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0)
            schema["required"] = required;
        schema["additionalProperties"] = false;
        return JsonSerializer.SerializeToElement(schema, ToolJson.Options);
    }

    private static JsonObject Property(HttpToolParameter parameter, string type)
    {
        var property = new JsonObject { ["type"] = type };
        if (!string.IsNullOrEmpty(parameter.Description))
            property["description"] = parameter.Description;
        if (parameter.Enum is { } values)
            property["enum"] = new JsonArray([.. values.Select(Node)]);
        if (parameter.Default is { } byDefault)
            property["default"] = Node(byDefault);
        return property;
    }

    // Numbers stay as they are written.
    private static JsonNode? Node(JsonElement value) => JsonNode.Parse(value.GetRawText());

    private static void CheckDefault(HttpToolParameter parameter, JsonObject property, string pointer, DefinitionErrors errors)
    {
        if (parameter.Enum is { Count: 0 })
        {
            errors.Add($"{pointer}/enum", "An enumeration has at least one value.");
            return;
        }

        if (parameter.Default is not { } value)
            return;

        errors.AddIf(parameter.Required, $"{pointer}/default", "A parameter that must be given has no default.");
        var schema = JsonSchema.Compile(JsonSerializer.SerializeToElement(property, ToolJson.Options));
        errors.AddIf(!schema.IsValid(value), $"{pointer}/default", $"The default {value.GetRawText()} is none of the parameter's values.");
    }
}
