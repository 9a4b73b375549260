using System.Text.Json;
using System.Text.Json.Nodes;
using ToolService.Core.Schema;
using ToolService.Core.Schema.Normalization;

namespace ToolService.Core.Tests.Schema.Normalization;

/// <summary>The schemas in published OpenAPI documents, each with the components that it refers to.</summary>
public class PublishedSchemasTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_schema_compiles_unless_it_refers_to_another_document()
    {
        var (count, changes) = (0, new List<SchemaChange>());
        List<string> refusals = [];
        foreach (var file in Directory.EnumerateFiles(SharedData.Folder("openapi"), "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            foreach (var (pointer, schema) in Schemas(JsonNode.Parse(File.ReadAllText(file))!.AsObject()))
            {
                count++;
                try
                {
                    var normalized = SchemaNormalizer.Normalize(schema);
                    JsonSchema.Compile(normalized.Schema);
                    changes.AddRange(normalized.Changes);
                }
                catch (JsonSchemaException e)
                {
                    refusals.Add($"{Path.GetFileName(file)}#{pointer}: {e.Message}");
                }
            }
        }

        output.WriteLine($"{count} schemas, {changes.Count} changes, {refusals.Count} refused");
        foreach (var (message, times) in changes.CountBy(change => change.Message).OrderByDescending(pair => pair.Value))
            output.WriteLine($"{times,6} {message}");
        refusals.ForEach(output.WriteLine);
        // One document is split over several files.
        Assert.All(refusals, refusal => Assert.Contains("nothing is fetched", refusal, StringComparison.Ordinal));
        Assert.InRange(refusals.Count, 0, 8);
        Assert.True(count > 1_000);
    }

    private static IEnumerable<(string Pointer, JsonElement Schema)> Schemas(JsonObject document)
    {
        var components = (document["components"]?["schemas"] ?? document["definitions"]) as JsonObject ?? [];
        foreach (var (name, schema) in components)
            yield return (name, Complete(schema!, components));
        foreach (var (pointer, schema) in InlineSchemas(document["paths"], ""))
            yield return (pointer, Complete(schema, components));
    }

    /// <summary>The values of <c>schema</c> wherever operations have one.</summary>
    private static IEnumerable<(string Pointer, JsonNode Schema)> InlineSchemas(JsonNode? node, string pointer) => node switch
    {
        JsonObject parent => parent.SelectMany(member => member is { Key: "schema", Value: JsonObject schema }
            ? [($"{pointer}/schema", schema)]
            : InlineSchemas(member.Value, $"{pointer}/{member.Key}")),
        JsonArray items => items.SelectMany((item, index) => InlineSchemas(item, $"{pointer}/{index}")),
        _ => [],
    };

    private static JsonElement Complete(JsonNode schema, JsonObject components)
    {
        var complete = JsonNode.Parse(Redirect(schema))!.AsObject();
        Dictionary<string, JsonNode> needed = new(StringComparer.Ordinal);
        var pending = new Stack<JsonNode>([schema]);
        while (pending.TryPop(out var next))
        {
            var text = next.ToJsonString();
            foreach (var (name, component) in components)
            {
                if (text.Contains($"/{name}\"", StringComparison.Ordinal) && needed.TryAdd(name, component!))
                    pending.Push(component!);
            }
        }

        if (needed.Count > 0)
            complete["$defs"] = new JsonObject(needed.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, JsonNode.Parse(Redirect(pair.Value)))));
        return Json.Parse(complete.ToJsonString());
    }

    private static string Redirect(JsonNode schema) => schema.ToJsonString()
        .Replace("\"#/components/schemas/", "\"#/$defs/", StringComparison.Ordinal)
        .Replace("\"#/definitions/", "\"#/$defs/", StringComparison.Ordinal);
}
