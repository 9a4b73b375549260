using System.Text.Json;

namespace ToolService.Durability.Servers;

/// <summary>What a provider demands of a conversation: after each message with calls one result for each of them, in their order.</summary>
internal static class Transcript
{
    public static string? Role(JsonElement message) => message.GetProperty("role").GetString();

    /// <summary>What is wrong with the messages of a request; null where nothing is.</summary>
    public static string? Fault(IReadOnlyList<JsonElement> messages)
    {
        Queue<string> open = new();
        foreach (var message in messages)
        {
            var role = Role(message);
            if (role == "tool")
            {
                var id = message.GetProperty("tool_call_id").GetString();
                if (!open.TryDequeue(out var expected) || expected != id)
                    return $"a result of {id} where one of {expected ?? "no call"} belongs";
            }
            else if (open.Count > 0)
            {
                return $"a message of {role} before {open.Count} calls had a result";
            }

            foreach (var call in Calls(message))
                open.Enqueue(call);
        }

        return open.Count > 0 ? $"{open.Count} calls without a result" : null;
    }

    private static IEnumerable<string> Calls(JsonElement message) =>
        message.TryGetProperty("tool_calls", out var calls) && calls.ValueKind is JsonValueKind.Array
            ? calls.EnumerateArray().Select(call => call.GetProperty("id").GetString()!)
            : [];
}
