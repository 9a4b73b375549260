using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ToolService.Core.Execution;

namespace ToolService.Core.Conversations.Convergence;

/// <summary>What a call asks for: the same for every way to write the same arguments.</summary>
/// <param name="Tool">The tool's name.</param>
/// <param name="Arguments">The arguments, with sorted members, without spaces, and with numbers in their shortest form.</param>
internal readonly record struct CallKey(string Tool, string Arguments)
{
    private const decimal One = 1.0000000000000000000000000000m;

    public static CallKey Of(CallRecord call) => Of(call.ToolName, call.Arguments);

    public static CallKey Of(string tool, string arguments)
    {
        try
        {
            return new CallKey(tool, Sorted(JsonElement.Parse(arguments))?.ToJsonString() ?? "null");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            // Garbage and unpaired surrogates: such arguments equal only themselves.
            return new CallKey(tool, arguments);
        }
    }

    private static JsonNode? Sorted(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Name, Sorted(member.Value)))),
        JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(Sorted)]),
        JsonValueKind.Number when value.TryGetDecimal(out var number) && IsExact(value, number) =>
            JsonNode.Parse((number / One).ToString(CultureInfo.InvariantCulture)),
        JsonValueKind.Null => null,
        _ => JsonValue.Create(value),
    };

    // Digits that a decimal cannot hold are rounded away, and would make different numbers the same.
    private static bool IsExact(JsonElement value, decimal number) =>
        JsonElement.DeepEquals(value, JsonElement.Parse(number.ToString(CultureInfo.InvariantCulture)));
}
