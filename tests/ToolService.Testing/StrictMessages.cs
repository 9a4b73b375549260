using System.Text.Json;
using System.Text.RegularExpressions;

namespace ToolService.Testing;

/// <summary>Reads the body of a Messages request as Anthropic does, by its JSON alone: what it refuses is a violation.</summary>
public static partial class StrictMessages
{
    /// <summary>What the provider would refuse; empty for a body that it takes.</summary>
    public static IReadOnlyList<string> Violations(JsonElement body)
    {
        List<string> violations = [];
        var ids = new HashSet<string>(StringComparer.Ordinal);
        List<string> expected = [];
        var before = "";
        foreach (var (index, message) in body.GetProperty("messages").EnumerateArray().Index())
        {
            var role = message.GetProperty("role").GetString()!;
            var blocks = message.GetProperty("content").EnumerateArray().ToList();
            void Require(bool condition, string rule)
            {
                if (!condition)
                    violations.Add($"messages[{index}] ({role} after {before}): {rule}");
            }

            Require(role == (before == "user" ? "assistant" : "user"), "roles do not alternate");
            Require(blocks.Count > 0, "empty content");
            var results = blocks.TakeWhile(block => Type(block) == "tool_result").Select(block => Text(block, "tool_use_id")).ToList();
            Require(results.Order(StringComparer.Ordinal).SequenceEqual(expected.Order(StringComparer.Ordinal)), "results are not those of the calls before");
            Require(blocks.Count(block => Type(block) == "tool_result") == results.Count, "a result is not first");
            foreach (var block in blocks)
                Require(IsAccepted(block, role), $"block {block.GetRawText()}");
            expected = [.. blocks.Where(block => Type(block) == "tool_use").Select(block => Text(block, "id"))];
            Require(expected.TrueForAll(ids.Add), "an id is taken");
            Require(role == "user" || blocks.Count == 0 || Type(blocks[^1]) is not ("thinking" or "redacted_thinking"), "ends with a thought");
            before = role;
        }

        if (before != "user" || expected.Count > 0)
            violations.Add($"ends with {before} and {expected.Count} missing results");
        if (!body.TryGetProperty("max_tokens", out var limit) || limit.GetInt64() < 1)
            violations.Add("no max_tokens");
        if (ids.Count > 0 && !body.TryGetProperty("tools", out _))
            violations.Add("calls without tools");
        if (body.TryGetProperty("tools", out var tools))
            violations.AddRange(tools.EnumerateArray().Where(tool => !IsTool(tool)).Select(tool => $"tool {tool.GetRawText()}"));
        return violations;
    }

    private static bool IsAccepted(JsonElement block, string role) => (Type(block), role) switch
    {
        ("text", _) => !string.IsNullOrWhiteSpace(Text(block, "text")),
        ("tool_use", "assistant") => Id().IsMatch(Text(block, "id")) && Name().IsMatch(Text(block, "name"))
            && block.GetProperty("input").ValueKind is JsonValueKind.Object,
        ("thinking", "assistant") => Text(block, "signature").Length > 0,
        ("redacted_thinking", "assistant") => Text(block, "data").Length > 0,
        ("tool_result", "user") => Id().IsMatch(Text(block, "tool_use_id"))
            && (!block.TryGetProperty("is_error", out _) || !string.IsNullOrWhiteSpace(Text(block, "content"))),
        _ => false,
    };

    private static bool IsTool(JsonElement tool) =>
        Name().IsMatch(Text(tool, "name")) && tool.GetProperty("input_schema").GetProperty("type").ValueEquals("object");

    private static string Type(JsonElement block) => Text(block, "type");

    private static string Text(JsonElement block, string member) => block.TryGetProperty(member, out var value) ? value.GetString() ?? "" : "";

    [GeneratedRegex(@"^[a-zA-Z0-9_-]+\z")]
    private static partial Regex Id();

    [GeneratedRegex(@"^[a-zA-Z0-9_-]{1,128}\z")]
    private static partial Regex Name();
}
