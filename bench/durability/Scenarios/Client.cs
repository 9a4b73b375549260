using System.Net;
using System.Text;
using System.Text.Json;
using ToolService.Durability.Servers;

namespace ToolService.Durability.Scenarios;

/// <summary>A client of the service that keeps account of what it was answered. A connection that breaks is the caller's to see.</summary>
/// <param name="http">The service.</param>
/// <param name="ledger">The account.</param>
/// <param name="tools">Tells when a held tool runs.</param>
/// <param name="model">Can be let go on.</param>
/// <param name="onAnswer">Is told of each answer and event.</param>
internal sealed class Client(HttpClient http, Ledger ledger, CountingServer tools, ScriptedModel model, Action onAnswer)
{
    public CountingServer Tools => tools;

    public ScriptedModel Model => model;

    /// <summary>Whether the exception says that the service went away.</summary>
    public static bool IsBroken(Exception exception) => exception is HttpRequestException or IOException;

    public async Task<JsonElement> CallAsync(string kind, string id)
    {
        var answer = await PostAsync("/v1/tools/call", Body(kind, id), HttpStatusCode.OK, HttpStatusCode.Accepted, HttpStatusCode.Forbidden);
        NoteCall(answer);
        return answer;
    }

    public async Task BatchAsync(params (string Kind, string Id)[] calls)
    {
        var answer = await PostAsync("/v1/tools/call/batch", new { calls = calls.Select(call => Body(call.Kind, call.Id)) }, HttpStatusCode.OK);
        foreach (var result in answer.GetProperty("results").EnumerateArray())
            NoteCall(result);
    }

    /// <summary>Asks, and waits for the end of the turn or for what it waits for.</summary>
    public async Task<JsonElement> ChatAsync(string message, string? key = null, string? session = null)
    {
        var turn = await PostAsync("/v1/chat", ChatBody(message, session), key, HttpStatusCode.OK);
        NoteTurn(turn);
        return turn;
    }

    /// <summary>Asks, and reads the turn's events to the last; what that says of the turn.</summary>
    public async Task<JsonElement> StreamAsync(string message, string key, Action<StreamEvent>? onEvent = null)
    {
        using var request = Request("/v1/chat", ChatBody(message, null, stream: true), key);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync());
        var account = new StreamAccount(ledger);
        ledger.Add(account);
        await foreach (var received in EventReader.ReadAsync(lines))
        {
            account.Note(received);
            if (received.Type == "done")
                NoteTurn(received.Json);
            onAnswer();
            onEvent?.Invoke(received);
        }

        return account.Events is [.., { Type: "done" } last] ? last.Json : throw new IOException("The stream ended before the turn did.");
    }

    /// <summary>Asks in the background, and follows the turn's events to its end.</summary>
    public async Task BackgroundAsync(string message, string key)
    {
        var turn = await PostAsync("/v1/chat", new { message, background = true }, key, HttpStatusCode.Accepted, HttpStatusCode.OK);
        var id = turn.GetProperty("turn_id").GetString();
        ledger.Add(Ack.Exists($"background turn {id}", $"/v1/chat/turns/{id}"));
        using var lines = new StreamReader(await http.GetStreamAsync($"/v1/chat/turns/{id}/events"));
        var account = new StreamAccount(ledger);
        ledger.Add(account);
        await foreach (var received in EventReader.ReadAsync(lines))
        {
            account.Note(received);
            onAnswer();
        }

        if (account.Events is not [.., { Type: "done" } last])
            throw new IOException("The events ended before the turn did.");
        NoteTurn(last.Json);
    }

    /// <summary>Begins a session with a history; its id.</summary>
    public async Task<string> BringAsync()
    {
        object[] messages = [new { role = "user", content = "I am Ada." }, new { role = "assistant", content = "Hello, Ada." }];
        return NoteSession(await PostAsync("/v1/chat/sessions", new { messages }, HttpStatusCode.Created));
    }

    /// <summary>Copies a session; the copy's id.</summary>
    public async Task<string> ForkAsync(string session) =>
        NoteSession(await PostAsync($"/v1/chat/sessions/{session}/fork", new { }, HttpStatusCode.Created));

    public async Task DecideAsync(string confirmation, bool approve)
    {
        var answer = await PostAsync(
            $"/v1/confirmations/{confirmation}", new { decision = approve ? "approve" : "deny" }, HttpStatusCode.OK, HttpStatusCode.Conflict);
        if (!answer.TryGetProperty("call_id", out _))
            return;

        ledger.Add(Ack.Decision(confirmation, approve));
        NoteCall(answer);
    }

    public async Task CancelAsync(string turn) => NoteTurn(await PostAsync($"/v1/chat/turns/{turn}/cancel", new { }, HttpStatusCode.OK));

    public async Task DeleteAsync(string session)
    {
        ledger.Deleting(session);
        using var response = await http.DeleteAsync($"/v1/chat/sessions/{session}");
        if (response.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.NotFound))
            throw new UnexpectedAnswerException($"Deleting {session} was answered with {(int)response.StatusCode}.");
        ledger.Add(Ack.Gone($"deletion of {session}", $"/v1/chat/sessions/{session}"));
        onAnswer();
    }

    private static object Body(string kind, string id) => new { tool_name = kind, call_id = id, arguments = new { item = id } };

    private static object ChatBody(string message, string? session, bool stream = false) =>
        session is null ? new { message, stream } : new { message, stream, session_id = session };

    private static HttpRequestMessage Request(string path, object body, string? key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
        };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return request;
    }

    private Task<JsonElement> PostAsync(string path, object body, params HttpStatusCode[] expected) => PostAsync(path, body, null, expected);

    private async Task<JsonElement> PostAsync(string path, object body, string? key, params HttpStatusCode[] expected)
    {
        using var request = Request(path, body, key);
        using var response = await http.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        if (!expected.Contains(response.StatusCode))
            throw new UnexpectedAnswerException($"{path} was answered with {(int)response.StatusCode} {answer}");
        onAnswer();
        return JsonElement.Parse(answer);
    }

    private void NoteCall(JsonElement answer)
    {
        if (answer.TryGetProperty("status", out var status) && status.ValueKind is JsonValueKind.String)
            ledger.Add(status.GetString() is "confirmation_required" ? Waiting(answer.GetProperty("confirmation")) : Ack.Call(answer));
    }

    private void NoteTurn(JsonElement turn)
    {
        var session = turn.GetProperty("session_id").GetString();
        var isWaiting = turn.GetProperty("status").GetString() is "awaiting_confirmation" or "running";
        var id = turn.GetProperty("turn_id").GetString();
        ledger.Add((isWaiting ? Ack.Exists($"turn {id}", $"/v1/chat/turns/{id}") : Ack.Turn(turn)) with { Session = session });
        foreach (var confirmation in turn.GetProperty("pending_confirmations").EnumerateArray())
            ledger.Add(Waiting(confirmation));
    }

    private string NoteSession(JsonElement session)
    {
        var id = session.GetProperty("session_id").GetString()!;
        ledger.Add(Ack.Messages(id, session.GetProperty("message_count").GetInt32()));
        return id;
    }

    private static Ack Waiting(JsonElement confirmation)
    {
        var id = confirmation.GetProperty("id").GetString();
        return Ack.Exists($"confirmation {id}", $"/v1/confirmations/{id}");
    }
}
