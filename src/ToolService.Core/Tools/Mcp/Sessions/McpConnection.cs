using System.Globalization;
using Microsoft.Extensions.Logging;
using ToolService.Core.Tools.Mcp.Authorization;

namespace ToolService.Core.Tools.Mcp.Sessions;

/// <summary>The one session with a server at a time: opened when it is first needed, and again when it is over.</summary>
internal sealed class McpConnection(McpServer server, McpConnector connector, McpAuthorization authorization, TimeProvider time, ILogger logger)
    : IAsyncDisposable
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _gone = new();
    private Task<McpSession>? _opening;
    private DateTimeOffset _retryAt;
    private int _failures;

    /// <summary>The server's tools may be other ones.</summary>
    public event Action? Changed;

    /// <summary>The session; opens one where there is none.</summary>
    /// <param name="force">Whether to try at once although the last attempt has just failed.</param>
    /// <param name="cancellationToken">Gives up waiting; the attempt goes on.</param>
    /// <exception cref="ToolException">There is none to be had now.</exception>
    public async Task<McpSession> GetAsync(bool force, CancellationToken cancellationToken)
    {
        var opening = Opening(force);
        await Task.WhenAny(opening, authorization.Wanted).WaitAsync(cancellationToken);
        return opening.IsCompleted ? await opening : throw authorization.Required();
    }

    /// <summary>Lets go of a session that turned out to be over.</summary>
    public void Drop(McpSession session)
    {
        lock (_lock)
        {
            if (_opening is not { IsCompletedSuccessfully: true } open || open.Result != session)
                return;
            _opening = null;
        }

        Close(session);
    }

    /// <summary>Ends the session and begins another one, also where the one before waits for a person.</summary>
    public void Restart()
    {
        Task<McpSession>? opening;
        lock (_lock)
            (opening, _opening) = (_opening, null);
        authorization.Abandon();
        _ = opening?.ContinueWith(
            ended => Close(ended.Result), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        _ = Opening(force: true);
    }

    public async ValueTask DisposeAsync()
    {
        Task<McpSession>? opening;
        lock (_lock)
        {
            _gone.Cancel();
            (opening, _opening) = (_opening, null);
        }

        if (opening is null)
            return;
        await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (opening.IsCompletedSuccessfully)
            await opening.Result.DisposeAsync();
    }

    private Task<McpSession> Opening(bool force)
    {
        lock (_lock)
        {
            if (_opening is { IsCompleted: false })
                return _opening;
            if (_opening is { IsCompletedSuccessfully: true } open)
            {
                if (!open.Result.IsOver)
                    return open;
                Close(open.Result);
            }
            else if (_opening is { IsFaulted: true } failed && !force && time.GetUtcNow() < _retryAt)
            {
                return failed;
            }

            var isFirst = _opening is null && _failures == 0;
            // Not in the caller's flow: the session outlives the call that needed it first.
            using (ExecutionContext.SuppressFlow())
                _opening = Task.Run(() => OpenAsync(isFirst));
            // Nobody may be left to hear of its failure.
            _ = _opening.ContinueWith(
                ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            return _opening;
        }
    }

    private async Task<McpSession> OpenAsync(bool isFirst)
    {
        using var timeout = new CancellationTokenSource(server.Options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _gone.Token);
        using var waiting = authorization.WhileAsking(
            () => timeout.CancelAfter(McpAuthorization.Patience), () => timeout.CancelAfter(server.Options.ConnectTimeout));
        try
        {
            var session = await connector.OpenAsync(() => Changed?.Invoke(), either.Token);
            _failures = 0;
            // What was listed in another session may not be what there is in this one.
            if (!isFirst)
                Changed?.Invoke();
            return session;
        }
        catch (Exception e)
        {
            var wait = TimeSpan.FromTicks((long)Math.Min(LongestWait.Ticks, FirstWait.Ticks * Math.Pow(2, Math.Min(_failures++, 30))));
            _retryAt = time.GetUtcNow() + wait;
            if (timeout.IsCancellationRequested)
                throw new ToolException(
                    string.Create(CultureInfo.InvariantCulture, $"The MCP server '{server.Name}' did not answer within {server.Options.ConnectTimeout.TotalSeconds:0.###} seconds."), e)
                { Retryable = true };
            throw McpFailure.OfConnecting(e, server.Name);
        }
    }

    private void Close(McpSession session) => _ = CloseAsync(session);

    private async Task CloseAsync(McpSession session)
    {
        if (session.Fault is { } fault)
            logger.SessionFaulted(server.Name, fault);
        try
        {
            await session.DisposeAsync();
        }
        catch (Exception e)
        {
            logger.CloseFailed(e, server.Name);
        }
    }
}
