using System.Net;
using System.Text.Json;

namespace ToolService.Durability.Scenarios;

/// <summary>Something that the service answered, and how the store must answer for it after any number of crashes.</summary>
/// <param name="What">What was answered, for people.</param>
/// <param name="Path">Where to ask.</param>
/// <param name="Fault">What is wrong with an answer; null where it is what was said.</param>
internal sealed record Ack(string What, string Path, Func<HttpStatusCode, JsonElement, string?> Fault)
{
    /// <summary>The session that it goes with when that is deleted.</summary>
    public string? Session { get; init; }

    /// <summary>It is there.</summary>
    public static Ack Exists(string what, string path) => new(what, path, (status, _) => status is HttpStatusCode.OK ? null : $"{(int)status}");

    /// <summary>The session has the messages with which it began.</summary>
    public static Ack Messages(string session, int count) =>
        new($"messages of {session}", $"/v1/chat/sessions/{session}/messages", (status, stored) =>
            status is HttpStatusCode.OK && stored.GetArrayLength() >= count ? null : $"{(int)status} {stored}");

    /// <summary>It is gone.</summary>
    public static Ack Gone(string what, string path) =>
        new(what, path, (status, _) => status is HttpStatusCode.NotFound ? null : $"{(int)status}");

    /// <summary>The history has the call as it was answered.</summary>
    public static Ack Call(JsonElement answered)
    {
        var id = answered.GetProperty("call_id").GetString();
        return new Ack($"call {id}", $"/v1/tools/history/{id}", (status, stored) =>
            status is HttpStatusCode.OK ? Difference(answered, stored, "status", "result", "error") : $"{(int)status}");
    }

    /// <summary>The turn is as it was answered when it ended.</summary>
    public static Ack Turn(JsonElement answered)
    {
        var id = answered.GetProperty("turn_id").GetString();
        return new Ack($"end of turn {id}", $"/v1/chat/turns/{id}", (status, stored) =>
            status is HttpStatusCode.OK
                ? Difference(answered, stored, [.. answered.EnumerateObject().Concat(stored.EnumerateObject()).Select(member => member.Name).Distinct()])
                : $"{(int)status}");
    }

    /// <summary>The decision stands.</summary>
    public static Ack Decision(string id, bool approve) =>
        new($"decision on {id}", $"/v1/confirmations/{id}", (status, stored) =>
            status is HttpStatusCode.OK && stored.GetProperty("status").GetString() == (approve ? "approved" : "denied") ? null : $"{(int)status} {stored}");

    private static string? Difference(JsonElement answered, JsonElement stored, params string[] members)
    {
        foreach (var member in members)
        {
            var had = answered.TryGetProperty(member, out var first);
            var has = stored.TryGetProperty(member, out var now);
            if (had != has || (had && !JsonElement.DeepEquals(first, now)))
                return $"its {member} was {first}, and is {now}";
        }

        return null;
    }
}
