using System.Web;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Authentication;

namespace ToolService.Core.Tools.Mcp.Authorization;

/// <summary>A person's part in getting access to a server: holds the question until it is answered, and the access until it is lost.</summary>
internal sealed class McpAuthorization(string server, ILogger logger)
{
    /// <summary>How long a person has to answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly AsyncLocal<bool> MayWait = new();

    private readonly Lock _lock = new();
    private readonly HashSet<string> _missingScopes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _askedFor = new(StringComparer.Ordinal);
    private TaskCompletionSource _wanted = NewSignal();
    private PendingAuthorization? _pending;
    private Action? _onAsking;
    private Action? _onAnswered;

    /// <summary>The access that was given. In memory only: after a restart a person is asked again.</summary>
    public MemoryTokenCache Tokens { get; } = new();

    /// <summary>Completes when a person is asked.</summary>
    public Task Wanted
    {
        get
        {
            lock (_lock)
                return _wanted.Task;
        }
    }

    /// <summary>What a person is to open; null where nobody is asked.</summary>
    public Uri? Url
    {
        get
        {
            lock (_lock)
                return _pending?.Url;
        }
    }

    public ToolException Required() => new(
        $"The MCP server '{server}' demands that a person authorizes this service: POST /v1/sources/{server}/authorize answers with the address to open.");

    /// <summary>From here on the caller's flow waits for a person where one is to be asked, until the returned value is disposed.</summary>
    /// <param name="onAsking">Hears that the wait begins.</param>
    /// <param name="onAnswered">Hears that it is over.</param>
    public IDisposable WhileAsking(Action onAsking, Action onAnswered)
    {
        MayWait.Value = true;
        lock (_lock)
        {
            (_onAsking, _onAnswered) = (onAsking, onAnswered);
            _askedFor.Clear();
        }

        return new Listening(this, onAsking);
    }

    /// <summary>What to ask for: what the server says it needs, and what a call was refused for.</summary>
    public IEnumerable<string>? SelectScopes(IReadOnlyCollection<string>? candidates)
    {
        lock (_lock)
            return [.. (candidates ?? []).Union(_missingScopes, StringComparer.Ordinal)];
    }

    /// <summary>Waits for a person's answer.</summary>
    /// <exception cref="ToolException">
    /// Something else than a session's beginning demands more access than there is, and nobody could answer in its time; or the person gave what
    /// is demanded once more.
    /// </exception>
    public async Task<AuthorizationResult?> AskAsync(AuthorizationCallbackContext context, CancellationToken cancellationToken)
    {
        var query = HttpUtility.ParseQueryString(context.AuthorizationUri.Query);
        if (!MayWait.Value)
        {
            lock (_lock)
                _missingScopes.UnionWith((query["scope"] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries));
            throw Required();
        }

        var pending = new PendingAuthorization(context.AuthorizationUri, query["state"] ?? throw new ToolException("The request has no state."));
        Action? onAsking;
        lock (_lock)
        {
            if (!_askedFor.Add(query["scope"] ?? ""))
                throw new ToolException($"The MCP server '{server}' refuses the access that was just given to this service.");
            _pending = pending;
            _wanted.TrySetResult();
            onAsking = _onAsking;
        }

        onAsking?.Invoke();
        logger.AuthorizationWanted(server);
        try
        {
            return await pending.Answer.WaitAsync(cancellationToken);
        }
        finally
        {
            TryEnd(pending.State, _ => true);
        }
    }

    /// <summary>Answers the question; false where it was not asked, or somebody answered already.</summary>
    public bool TryAnswer(string state, AuthorizationResult result) => TryEnd(state, pending => pending.TryAnswer(result));

    /// <summary>The person said no.</summary>
    public bool TryRefuse(string state, string error) => TryEnd(state, pending => pending.TryRefuse(new ToolException(
        $"The MCP server '{server}' was not authorized: {RemoteText.Line(error, 200)}.")));

    /// <summary>Forgets the access, and the question.</summary>
    public void Abandon()
    {
        lock (_lock)
        {
            Tokens.Clear();
            _pending?.TryRefuse(new ToolException($"The MCP server '{server}' is being authorized anew."));
            _pending = null;
            _wanted = NewSignal();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // From here on whoever waits for the session waits for its handshake and no longer for a person.
    private bool TryEnd(string state, Func<PendingAuthorization, bool> end)
    {
        Action? onAnswered;
        lock (_lock)
        {
            if (_pending is not { } pending || pending.State != state || !end(pending))
                return false;
            _pending = null;
            _wanted = NewSignal();
            onAnswered = _onAnswered;
        }

        onAnswered?.Invoke();
        return true;
    }

    private sealed class Listening(McpAuthorization authorization, Action onAsking) : IDisposable
    {
        public void Dispose()
        {
            lock (authorization._lock)
            {
                if (authorization._onAsking == onAsking)
                    (authorization._onAsking, authorization._onAnswered) = (null, null);
            }
        }
    }
}
