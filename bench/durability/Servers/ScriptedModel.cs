using System.Collections.Concurrent;
using System.Text.Json;
using ToolService.Testing;

namespace ToolService.Durability.Servers;

/// <summary>
/// The model. A user's message is <c>SCRIPT MARKER</c>; what it answers follows from the transcript alone, as a model's answer does. It refuses
/// none, and notes each transcript that a provider would refuse.
/// </summary>
internal sealed class ScriptedModel : IAsyncDisposable
{
    // In bytes, of which each few characters of text take some hundred on the wire.
    private const int SomeWords = 700;

    private readonly ConcurrentDictionary<string, ConcurrentQueue<ModelRequest>> _requests = new();
    private readonly ConcurrentQueue<string> _invalid = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _paused = new();
    private readonly Func<bool> _onRequest;
    private ScriptedModelServer _server = null!;
    private volatile bool _pauses;

    private ScriptedModel(Func<bool> onRequest) => _onRequest = onRequest;

    public string Address => _server.BaseUrl.ToString();

    /// <summary>Which process of the service asks now.</summary>
    public int Life { get; set; }

    /// <summary>Whether the slow script's answers stop after a few words.</summary>
    public bool Pauses
    {
        get => _pauses;
        set => _pauses = value;
    }

    /// <summary>What was asked in the turn of this message, in order of arrival.</summary>
    public IReadOnlyCollection<ModelRequest> RequestsOf(string message) => _requests.GetValueOrDefault(message) ?? [];

    /// <summary>What was wrong with transcripts, since the last look.</summary>
    public IReadOnlyList<string> TakeInvalid()
    {
        List<string> taken = [];
        while (_invalid.TryDequeue(out var fault))
            taken.Add(fault);
        return taken;
    }

    /// <summary>Ends the pause in the turn with this marker.</summary>
    public void LetGoOn(string marker) => Pause(marker).TrySetResult();

    /// <param name="onRequest">Is told of each request before it is answered; whether the service was killed over it.</param>
    public static async Task<ScriptedModel> StartAsync(Func<bool> onRequest)
    {
        var model = new ScriptedModel(onRequest);
        model._server = await ScriptedModelServer.StartAsync(model.Answer, record: false);
        return model;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private ScriptedReply Answer(JsonElement request)
    {
        var messages = request.GetProperty("messages").EnumerateArray().ToList();
        if (Transcript.Fault(messages) is { } fault)
            _invalid.Enqueue(fault);
        var last = messages.FindLastIndex(message => Transcript.Role(message) == "user");
        var message = messages[last].GetProperty("content").GetString()!;
        var round = messages.Skip(last).Count(message => Transcript.Role(message) == "assistant");
        _requests.GetOrAdd(message, _ => []).Enqueue(new ModelRequest(round, Life));
        var reply = Reply(message, round);
        if (_onRequest())
            return reply with { Release = Task.Delay(Timeout.InfiniteTimeSpan) };
        return Pauses && message.StartsWith(Script.Slow, StringComparison.Ordinal)
            ? reply with { Release = Pause(message[(Script.Slow.Length + 1)..]).Task, ReleaseAfter = SomeWords }
            : reply;
    }

    private TaskCompletionSource Pause(string marker) =>
        _paused.GetOrAdd(marker, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    private static ScriptedReply Reply(string message, int round)
    {
        var (script, marker) = message.Split(' ') is [var first, var second] ? (first, second) : (message, "");
        var kinds = Script.CallsOf(script, round);
        return ScriptedReply.Message(
            $"Round {round} of {message} in words that take several pieces.",
            [.. kinds.Select((kind, i) => (kind, JsonSerializer.Serialize(new { item = $"{marker}.{round}.{i}" })))]);
    }
}
