using System.Text.Json;

namespace ToolService.Core.Models.Wire;

/// <summary>Reads members that may be absent, null or of another type: compatible servers differ in all of these.</summary>
internal static class JsonElementReading
{
    public static JsonElement Member(this JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    public static string? Text(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static long? Number(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

    // The bound is that of DateTimeOffset; a few servers send milliseconds or nonsense.
    public static DateTimeOffset? UnixTime(this JsonElement element, string name) =>
        element.Number(name) is > 0 and < 253_402_300_800 and var seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>What a provider's error says, in its words.</summary>
    public static string? Words(this JsonElement error) =>
        error.ValueKind is JsonValueKind.String ? error.GetString() : error.Text("message") ?? error.Text("detail");

    public static JsonElement.ArrayEnumerator Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : default;
}
