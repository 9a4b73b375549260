using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ToolService.Core.Schema;

namespace ToolService.Core.Tools.Mcp.Sessions;

/// <summary>What a server wants to know: an object with members that are text, numbers, yes or no, or choices.</summary>
internal sealed class ElicitationForm
{
    private const int MostMembers = 100;
    private const int LongestSchema = 64 * 1024;
    private static readonly JsonElement Nothing = JsonElement.Parse("""{"type":"object","properties":{}}""");

    private readonly JsonSchema _compiled;

    private ElicitationForm(JsonElement schema, JsonSchema compiled) => (Schema, _compiled) = (schema, compiled);

    public JsonElement Schema { get; }

    /// <exception cref="McpProtocolException">The server asks for something that the protocol does not permit.</exception>
    public static ElicitationForm Of(ElicitRequestParams request)
    {
        // The SDK has read the members into those kinds that the protocol permits; nothing else is left of what was asked.
        var schema = request.RequestedSchema is { } asked ? JsonSerializer.SerializeToElement(asked, McpJsonUtilities.DefaultOptions) : Nothing;
        if (request.RequestedSchema is { Properties.Count: > MostMembers } || schema.GetRawText().Length > LongestSchema)
            throw new McpProtocolException("The form is too large.", McpErrorCode.InvalidParams);

        try
        {
            return new ElicitationForm(schema, JsonSchema.Compile(schema));
        }
        catch (JsonSchemaException e)
        {
            throw new McpProtocolException("The requested schema cannot be enforced.", e, McpErrorCode.InvalidParams);
        }
    }

    /// <summary>The answer with the defaults of what it leaves out; null where it does not satisfy the schema.</summary>
    public Dictionary<string, JsonElement>? Fill(JsonElement? answer)
    {
        var filled = answer is { ValueKind: JsonValueKind.Object } given
            ? given.EnumerateObject().ToDictionary(member => member.Name, member => member.Value)
            : [];
        foreach (var member in Schema.GetProperty("properties").EnumerateObject())
            if (!filled.ContainsKey(member.Name) && member.Value.TryGetProperty("default", out var value))
                filled[member.Name] = value;

        return _compiled.IsValid(JsonSerializer.SerializeToElement(filled)) ? filled : null;
    }
}
