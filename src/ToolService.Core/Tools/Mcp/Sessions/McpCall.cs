using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace ToolService.Core.Tools.Mcp.Sessions;

/// <summary>A call while a server works on it.</summary>
internal sealed class McpCall(IRunningCall? running) : IProgress<ProgressNotificationValue>
{
    private const int MostQuestions = 20;
    private const int LongestMessage = 1_000;
    private static readonly AsyncLocal<McpCall?> Flowing = new();

    private readonly HashSet<string> _questions = [];
    private int _asked;
    private volatile bool _isReceived;
    private volatile bool _isNotRun;

    /// <summary>The call on whose behalf code runs; null for none.</summary>
    public static McpCall? Current
    {
        get => Flowing.Value;
        set => Flowing.Value = value;
    }

    /// <summary>By which the service finds the call again; no server knows it.</summary>
    public string Key { get; } = Guid.NewGuid().ToString("N");

    /// <summary>What the executor knows of the call; null where it is run by something else.</summary>
    public IRunningCall? Running => running;

    /// <summary>The id of the request, once it was sent.</summary>
    public RequestId? Request { get; private set; }

    /// <summary>Whether the server was told that nobody waits any longer.</summary>
    public bool IsCancelledThere { get; set; }

    /// <summary>Whether it is certain that the server has not done anything.</summary>
    public bool HasNotRun => _isNotRun && !_isReceived;

    public void NoteRequest(RequestId id) => Request = id;

    /// <summary>The request did not reach anything that could have run it.</summary>
    public void NoteNotRun() => _isNotRun = true;

    public void NoteReceived() => _isReceived = true;

    /// <summary>The server asked this within the call.</summary>
    public void NoteQuestion(string id)
    {
        lock (_questions)
            _questions.Add(id);
    }

    public bool HasQuestion(string id)
    {
        lock (_questions)
            return _questions.Contains(id);
    }

    /// <summary>Counts a question; false where there were too many.</summary>
    public bool MayAsk() => Interlocked.Increment(ref _asked) <= MostQuestions;

    public void Report(ProgressNotificationValue value)
    {
        if (float.IsFinite(value.Progress))
            running?.Report(new ToolProgress(
                value.Progress, value.Total is { } total && float.IsFinite(total) ? total : null, RemoteText.Bound(value.Message, LongestMessage)));
    }
}
