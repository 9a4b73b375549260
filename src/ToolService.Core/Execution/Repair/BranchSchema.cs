using System.Text.Json;
using System.Text.Json.Nodes;
using ToolService.Core.Schema;

namespace ToolService.Core.Execution.Repair;

/// <summary>One alternative of a schema as a schema of its own.</summary>
internal static class BranchSchema
{
    // What references in the alternative may lead to, and how they are read.
    private static readonly string[] Surroundings = ["$schema", "$id", "$defs", "definitions"];

    /// <summary>The alternative with the definitions of the schema around it; null where it cannot stand alone.</summary>
    public static (JsonSchema Schema, JsonElement Definition)? TryCompile(JsonElement whole, JsonElement alternative)
    {
        var branch = StandsAlone(alternative)
            ? JsonObject.Create(alternative)!
            : new JsonObject { ["allOf"] = new JsonArray(JsonSerializer.SerializeToNode(alternative)) };
        foreach (var keyword in whole.EnumerateObject().Where(keyword => Surroundings.Contains(keyword.Name)))
        {
            if (!branch.TryAdd(keyword.Name, JsonSerializer.SerializeToNode(keyword.Value)))
                return null;
        }

        try
        {
            var definition = JsonSerializer.SerializeToElement(branch);
            return (JsonSchema.Compile(definition), definition);
        }
        catch (Exception e) when (e is JsonSchemaException or JsonException)
        {
            return null;
        }
    }

    // In draft-07 a reference hides what is beside it, definitions included.
    private static bool StandsAlone(JsonElement alternative) =>
        alternative.ValueKind is JsonValueKind.Object && !alternative.TryGetProperty("$ref", out _);
}
