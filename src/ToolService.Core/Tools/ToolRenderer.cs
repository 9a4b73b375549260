using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using ToolService.Core.Schema.Normalization;

namespace ToolService.Core.Tools;

/// <summary>Describes tools in the formats of model providers and clients.</summary>
public static class ToolRenderer
{
    private static readonly ConditionalWeakTable<Tool, ConcurrentDictionary<(ToolFormat, bool), JsonElement>> Rendered = [];

    /// <summary>The tool's description. It is made once per tool and kept; safe to use from any thread.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="format">The format.</param>
    /// <param name="requiresConfirmation">Whether a person must approve each call; shown in the native format only.</param>
    public static JsonElement Render(Tool tool, ToolFormat format, bool requiresConfirmation) =>
        Rendered.GetOrCreateValue(tool).GetOrAdd(
            (format, requiresConfirmation && format == ToolFormat.Native),
            static (key, tool) => JsonSerializer.SerializeToElement(Build(tool, key.Item1, key.Item2), ToolJson.Options),
            tool);

    private static JsonObject Build(Tool tool, ToolFormat format, bool requiresConfirmation) => format switch
    {
        ToolFormat.Native => Native(tool, requiresConfirmation),
        ToolFormat.Openai => OpenAI(tool),
        ToolFormat.OpenaiResponses => OpenAIResponses(tool),
        ToolFormat.Anthropic => Described(tool, "input_schema"),
        ToolFormat.Mcp => Mcp(tool),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format."),
    };

    private static JsonObject Native(Tool tool, bool requiresConfirmation)
    {
        var rendered = new JsonObject
        {
            ["name"] = tool.Name,
            ["description"] = tool.Description,
            ["parameters"] = ParameterList.Of(tool.InputSchema),
            ["input_schema"] = Schema(tool),
            ["annotations"] = new JsonObject
            {
                ["read_only"] = tool.Policy.ReadOnly,
                ["idempotent"] = tool.Policy.Idempotent,
                ["destructive"] = tool.Policy.Destructive,
                ["open_world"] = tool.Policy.OpenWorld,
            },
            ["tags"] = new JsonArray([.. tool.Tags.Select(tag => JsonValue.Create(tag))]),
            ["source"] = tool.Source,
            ["requires_confirmation"] = requiresConfirmation,
        };
        if (tool.SchemaChanges.Count > 0)
            rendered["schema_changes"] = Changes(tool.SchemaChanges);
        return rendered;
    }

    private static JsonArray Changes(IReadOnlyList<SchemaChange> changes) =>
        new([.. changes.Select(change => new JsonObject { ["pointer"] = change.Pointer, ["message"] = change.Message })]);

    private static JsonObject OpenAI(Tool tool) => new() { ["type"] = "function", ["function"] = Described(tool, "parameters") };

    private static JsonObject OpenAIResponses(Tool tool)
    {
        var strict = StrictSchema.TryCreate(tool.InputSchema);
        return new()
        {
            ["type"] = "function",
            ["name"] = tool.Name,
            ["description"] = tool.Description,
            ["parameters"] = strict ?? Schema(tool),
            ["strict"] = strict is not null,
        };
    }

    private static JsonObject Mcp(Tool tool)
    {
        var rendered = Described(tool, "inputSchema");
        rendered["annotations"] = new JsonObject
        {
            ["readOnlyHint"] = tool.Policy.ReadOnly,
            ["destructiveHint"] = tool.Policy.Destructive,
            ["idempotentHint"] = tool.Policy.Idempotent,
            ["openWorldHint"] = tool.Policy.OpenWorld,
        };
        return rendered;
    }

    private static JsonObject Described(Tool tool, string schemaMember) =>
        new() { ["name"] = tool.Name, ["description"] = tool.Description, [schemaMember] = Schema(tool) };

    private static JsonObject? Schema(Tool tool) => JsonObject.Create(tool.InputSchema);
}
