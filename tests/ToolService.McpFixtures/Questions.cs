using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace ToolService.McpFixtures;

/// <summary>Questions to the client, as requests end with them from 2026-07-28 on.</summary>
internal static class Questions
{
    /// <summary>The usable answer to a question; null where the request brings none.</summary>
    public static JsonElement? Answered(RequestParams? parameters, string key) =>
        parameters?.InputResponses is { } answers && answers.TryGetValue(key, out var answer) && IsUsable(answer.RawValue) ? answer.RawValue : null;

    /// <summary>Ends the request with these questions.</summary>
    public static InputRequiredException Ask(params (string Key, InputRequest Request)[] questions) => Ask(null, questions);

    /// <summary>The same, with what the client is to bring back.</summary>
    public static InputRequiredException Ask(string? state, params (string Key, InputRequest Request)[] questions) =>
        new(questions.ToDictionary(question => question.Key, question => question.Request), state);

    /// <summary>A form with one member.</summary>
    public static InputRequest Form(string message, string member, string type = "string") => Request(RequestMethods.ElicitationCreate, new JsonObject
    {
        ["message"] = message,
        ["requestedSchema"] = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { [member] = new JsonObject { ["type"] = type } },
            ["required"] = new JsonArray(member),
        },
    });

    /// <summary>A question to the client's model.</summary>
    public static InputRequest Model(string question, int maxTokens) => Request("sampling/createMessage", new JsonObject
    {
        ["messages"] = new JsonArray(new JsonObject
        {
            ["role"] = "user",
            ["content"] = new JsonObject { ["type"] = "text", ["text"] = question },
        }),
        ["maxTokens"] = maxTokens,
    });

    /// <summary>The client's roots.</summary>
    public static InputRequest Roots() => Request("roots/list", []);

    private static InputRequest Request(string method, JsonObject parameters) =>
        new() { Method = method, Params = JsonSerializer.SerializeToElement(parameters) };

    private static bool IsUsable(JsonElement answer) => answer.ValueKind is JsonValueKind.Object
        && (answer.TryGetProperty("roots", out _)
            || (answer.TryGetProperty("content", out var content) && content.ValueKind is JsonValueKind.Object));
}
