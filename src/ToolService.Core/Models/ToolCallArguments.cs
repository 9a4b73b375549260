using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Models;

/// <summary>Makes a function call out of the text that a model wrote, by the rule on <see cref="Model.Client"/>.</summary>
internal static class ToolCallArguments
{
    // A repeated member is ambiguous: whichever value is checked, another reader may use the other one.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    // Models pay for every space, and providers cache a history only while its text stays the same.
    private static readonly JsonSerializerOptions Compact = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    public static FunctionCallContent ToCall(string id, string name, string? raw)
    {
        var text = string.IsNullOrWhiteSpace(raw) || raw.AsSpan().Trim() is "null" ? "{}" : raw;
        var call = new FunctionCallContent(id, name) { RawRepresentation = text };
        try
        {
            call.Arguments = Parse(text);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            call.Exception = new JsonException($"The arguments are not a valid JSON object: {e.Message}", e);
        }

        return call;
    }

    /// <summary>The text to send back to the provider as this call's arguments. Providers refuse a history whose arguments are not an object, so
    /// a broken call is sent as <c>{}</c>; its result tells the model what was wrong with it.</summary>
    public static string ToText(FunctionCallContent call) => call switch
    {
        { Exception: not null } or { Arguments: null } => "{}",
        { RawRepresentation: string raw } => raw,
        _ => JsonSerializer.Serialize(call.Arguments, Compact.GetTypeInfo(typeof(IDictionary<string, object?>))),
    };

    private static Dictionary<string, object?> Parse(string text)
    {
        var root = JsonElement.Parse(text, Strict);
        if (root.ValueKind is not JsonValueKind.Object)
            throw new JsonException($"it is {Name(root.ValueKind)}.");

        ReadStrings(root);
        var arguments = new Dictionary<string, object?>(root.GetPropertyCount(), StringComparer.Ordinal);
        foreach (var member in root.EnumerateObject())
            arguments[member.Name] = member.Value;
        return arguments;
    }

    // Half a surrogate pair is JSON by its grammar, but no text: nobody could write it down again, neither the store nor a request.
    private static void ReadStrings(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                _ = value.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                    ReadStrings(item);
                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                    ReadStrings(member.Value);
                break;
        }
    }

    private static string Name(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        _ => "a literal",
    };
}
