using System.Text.Json.Nodes;

namespace ToolService.Core.Tools;

/// <summary>
/// Moves recursive types to <c>$defs</c>. The generator lets a recursive type refer to the place where it first occurs; model providers
/// accept references to definitions only.
/// </summary>
internal static class RecursiveTypes
{
    /// <summary>Replaces the start of every reference in a schema.</summary>
    public static void Redirect(JsonNode schema, string from, string to)
    {
        foreach (var reference in References(schema).Where(reference => IsWithin(Target(reference), from)))
            reference["$ref"] = to + Target(reference)[from.Length..];
    }

    /// <summary>Gives every place that is referred to a definition, and refers to that.</summary>
    public static void MoveToDefinitions(JsonObject schema)
    {
        // Inner places first: what contains them then moves with the reference that took their place.
        string[] targets = [.. References(schema).Select(Target).Distinct().OrderByDescending(target => target.Length)];
        if (targets.Length == 0)
            return;

        var definitions = new JsonObject();
        schema["$defs"] = definitions;
        foreach (var target in targets)
            Move(schema, definitions, target);
    }

    private static void Move(JsonObject schema, JsonObject definitions, string target)
    {
        string[] path = [.. target.Split('/').Skip(1).Select(Unescape)];
        var place = path.Aggregate((JsonNode)schema, (at, token) => at is JsonArray list ? list[int.Parse(token, null)]! : at[token]!);
        var name = UniqueName(definitions, path.Last(token => token is not ("items" or "additionalProperties")));
        var reference = new JsonObject { ["$ref"] = $"#/$defs/{name}" };
        place.ReplaceWith(reference);

        // What is said of this occurrence stays with it.
        foreach (var keyword in (string[])["description", "default"])
        {
            if (place.AsObject().Remove(keyword, out var annotation))
                reference[keyword] = annotation;
        }

        definitions[name] = place;
        foreach (var other in References(schema).Where(other => Target(other) == target))
            other["$ref"] = $"#/$defs/{name}";
    }

    private static string UniqueName(JsonObject definitions, string name)
    {
        var unique = name;
        for (var i = 2; definitions.ContainsKey(unique); i++)
            unique = $"{name}_{i}";
        return unique;
    }

    private static string Unescape(string token) =>
        token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    private static bool IsWithin(string target, string place) =>
        target == place || target.StartsWith(place + '/', StringComparison.Ordinal);

    private static string Target(JsonObject reference) => (string)reference["$ref"]!;

    private static List<JsonObject> References(JsonNode node)
    {
        var found = new List<JsonObject>();
        Collect(node);
        return found;

        void Collect(JsonNode? current)
        {
            if (current is JsonObject schema)
            {
                if (schema["$ref"] is JsonValue)
                    found.Add(schema);
                foreach (var (_, child) in schema)
                    Collect(child);
            }
            else if (current is JsonArray items)
            {
                foreach (var child in items)
                    Collect(child);
            }
        }
    }
}
