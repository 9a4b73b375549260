using System.Text.Json;
using System.Text.RegularExpressions;

namespace ToolService.Testing;

/// <summary>
/// Reads the body of a chat completions request as the strictest of providers does, by its JSON alone: what any of them refuses is a violation.
/// </summary>
public static partial class StrictChatCompletions
{
    private static readonly Dictionary<string, string[]> Members = new(StringComparer.Ordinal)
    {
        ["system"] = ["role", "content"],
        ["user"] = ["role", "content"],
        ["assistant"] = ["role", "content", "tool_calls"],
        ["tool"] = ["role", "content", "tool_call_id"],
    };

    /// <summary>What a provider would refuse; empty for a body that it takes.</summary>
    public static IReadOnlyList<string> Violations(JsonElement body)
    {
        List<string> violations = [];
        var messages = body.GetProperty("messages").EnumerateArray().ToList();
        var ids = new HashSet<string?>();
        var expected = new Queue<string?>();
        var before = "";
        foreach (var (index, message) in messages.Index())
        {
            var role = message.GetProperty("role").GetString()!;
            void Require(bool condition, string rule)
            {
                if (!condition)
                    violations.Add($"messages[{index}] ({role} after {before}): {rule}");
            }

            Require(Members.TryGetValue(role, out var allowed), "unknown role");
            Require(message.EnumerateObject().All(member => allowed?.Contains(member.Name) is not false), "unknown member");
            Require(role == "tool" || expected.Count == 0, $"no result for {string.Join(", ", expected)}");
            Require(MayFollow(before, role), "roles do not alternate");
            switch (role)
            {
                case "system" or "user":
                    Require(IsFilled(message.GetProperty("content")), "empty content");
                    break;
                case "assistant":
                    var content = message.GetProperty("content");
                    var hasCalls = message.TryGetProperty("tool_calls", out var calls);
                    Require(IsFilled(content) || (hasCalls && content.ValueKind is JsonValueKind.Null), "empty content");
                    Require(!hasCalls || calls.GetArrayLength() > 0, "empty tool_calls");
                    foreach (var call in hasCalls ? calls.EnumerateArray().ToList() : [])
                    {
                        var id = call.GetProperty("id").GetString();
                        var function = call.GetProperty("function");
                        Require(!string.IsNullOrEmpty(id) && ids.Add(id), $"id '{id}' is empty or taken");
                        Require(call.GetProperty("type").GetString() == "function", "type");
                        Require(Name().IsMatch(function.GetProperty("name").GetString()!), "name");
                        Require(IsObject(function.GetProperty("arguments").GetString()!), "arguments are no object");
                        expected.Enqueue(id);
                    }

                    break;
                case "tool":
                    Require(message.GetProperty("content").ValueKind is JsonValueKind.String, "result is no text");
                    Require(expected.TryDequeue(out var next) && next == message.GetProperty("tool_call_id").GetString(), "result without call");
                    break;
            }

            before = role;
        }

        if (before is not ("user" or "tool") || expected.Count > 0)
            violations.Add($"ends with {before} and {expected.Count} missing results");
        return violations;
    }

    private static bool MayFollow(string before, string role) => role switch
    {
        "system" => before == "",
        "user" => before is "" or "system" or "assistant",
        "assistant" => before is "user" or "tool",
        _ => before is "assistant" or "tool",
    };

    private static bool IsFilled(JsonElement content) => content.ValueKind is JsonValueKind.String && !string.IsNullOrWhiteSpace(content.GetString());

    private static bool IsObject(string arguments)
    {
        try
        {
            return JsonElement.Parse(arguments).ValueKind is JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^[a-zA-Z0-9_-]{1,64}\z")]
    private static partial Regex Name();
}
