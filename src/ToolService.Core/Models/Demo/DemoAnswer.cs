using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Models.Demo;

/// <summary>Puts the results of tool calls into plain sentences.</summary>
internal static class DemoAnswer
{
    private const int MaxTextLength = 600;
    private const int MaxMembers = 12;

    /// <summary>What to say where no tool fits.</summary>
    public static string Help(IReadOnlyList<AIFunctionDeclaration> tools) =>
        "I am the built-in demo model: I match keywords and cannot hold a conversation. "
        + (tools.Count == 0
            ? "No tools were offered to me. "
            : $"I can use these tools: {string.Join(", ", tools.Select(tool => tool.Name))}. "
                + "Name one with its arguments as a JSON object, or ask, for example, \"What is 17 * 23, and what time is it in Tokyo?\" ")
        + "For a real model set OPENAI_API_KEY (and MODEL_NAME), or OPENAI_BASE_URL for any compatible server, and restart.";

    /// <summary>One sentence for each call, in the order of the calls.</summary>
    public static string Write(IReadOnlyList<ChatMessage> round)
    {
        var contents = round.SelectMany(message => message.Contents).ToList();
        var results = contents.OfType<FunctionResultContent>().ToLookup(result => result.CallId, StringComparer.Ordinal);
        var calls = contents.OfType<FunctionCallContent>();
        return string.Join(' ', calls.Select(call => Sentence(call, results[call.CallId].FirstOrDefault())));
    }

    private static string Sentence(FunctionCallContent call, FunctionResultContent? result)
    {
        var value = Parse(result?.Result);
        if (Error(value) is { } error)
            return $"{call.Name} failed: {error.TrimEnd('.')}.";

        if (value.ValueKind is JsonValueKind.Object && value.TryGetProperty("success", out _) && value.TryGetProperty("result", out var inner))
            value = inner;
        return call.Name switch
        {
            "calculator" => $"{Argument(call)} = {Scalar(value)}.",
            "current_time" => $"In {Argument(call)} it is {Scalar(value)}.",
            "get_random_number" => $"The random number is {Scalar(value)}.",
            "get_ip_address" => $"The IP address is {Scalar(value)}.",
            _ => $"{call.Name} answered: {Describe(value).TrimEnd('.')}.",
        };
    }

    // A result is JSON text, or text alone.
    private static JsonElement Parse(object? result)
    {
        if (result is JsonElement element)
            return element;

        var text = result as string ?? JsonSerializer.Serialize(result, AIJsonUtilities.DefaultOptions);
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(text, AIJsonUtilities.DefaultOptions);
        }
    }

    private static string? Error(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.Object || !value.TryGetProperty("error", out var error))
            return null;

        return error.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.Object when error.TryGetProperty("message", out var message) => Text(message),
            _ => Text(error),
        };
    }

    private static string Argument(FunctionCallContent call) =>
        call.Arguments?.Values.FirstOrDefault() is JsonElement value ? Text(value) : call.Name;

    private static string Scalar(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.Object)
            return Text(value);

        foreach (var name in (string[])["local_time", "result", "value", "number", "time", "ip"])
            if (value.TryGetProperty(name, out var member))
                return Text(member);
        return Describe(value);
    }

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => string.Join(
            ", ", value.EnumerateObject().Take(MaxMembers).Select(member => $"{member.Name.Replace('_', ' ')} {Text(member.Value)}")),
        JsonValueKind.Array when value.GetArrayLength() == 0 => "nothing",
        JsonValueKind.Array => string.Join("; ", value.EnumerateArray().Take(MaxMembers).Select(Describe)),
        _ => Text(value),
    };

    private static string Text(JsonElement value)
    {
        var text = value.ValueKind is JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return text.Length > MaxTextLength ? string.Concat(text.AsSpan(0, MaxTextLength), "…") : text;
    }
}
