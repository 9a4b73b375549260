using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ToolService.Core.Tools;
using ToolService.Core.Tools.Http;

namespace ToolService.Core.Conversations.Callbacks;

/// <summary>Sends callbacks: each until its receiver takes it, or it has been tried often enough.</summary>
public sealed partial class CallbackSender(
    ICallbackStore callbacks,
    IConversationStore conversations,
    TurnService turns,
    ICallbackBody body,
    GuardedHttp http,
    IOptions<ConversationOptions> options,
    TimeProvider time,
    ILogger<CallbackSender> logger)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, bool> _atWork = new(StringComparer.Ordinal);

    /// <summary>
    /// Sends a callback once, if it is still to be sent and is not being sent already; when to send it again, or null where it is not.
    /// </summary>
    /// <exception cref="OperationCanceledException">The service stops; the attempt does not count.</exception>
    public async Task<DateTimeOffset?> TryAsync(string id, CancellationToken cancellationToken)
    {
        if (!_atWork.TryAdd(id, true))
            return null;

        try
        {
            return await SendAsync(id, cancellationToken);
        }
        finally
        {
            _atWork.TryRemove(id, out _);
        }
    }

    private async Task<DateTimeOffset?> SendAsync(string id, CancellationToken cancellationToken)
    {
        if (await callbacks.FindAsync(id, cancellationToken) is not { Status: CallbackStatus.Pending } callback
            || await conversations.FindTurnAsync(callback.TurnId, null, cancellationToken) is not { CallbackUrl: { } text } turn)
            return null;

        var url = new Uri(text);
        var (error, mayRetry) = await SendAsync(callback, turn, url, cancellationToken);
        var attempts = callback.Attempts + 1;
        var wait = error is not null && mayRetry ? CallbackRetries.After(attempts) : null;
        var next = time.GetUtcNow() + wait;
        await callbacks.SaveAsync(callback with
        {
            Status = error is null ? CallbackStatus.Delivered : next is null ? CallbackStatus.Failed : CallbackStatus.Pending,
            Attempts = attempts,
            LastError = error,
            NextAttemptAt = next,
        });
        Log(callback, url.Host, attempts, error, next);
        return next;
    }

    /// <summary>What went wrong, and whether another attempt may help; no error where it was taken.</summary>
    private async Task<(string? Error, bool MayRetry)> SendAsync(Callback callback, Turn turn, Uri url, CancellationToken cancellationToken)
    {
        if (options.Value.Callbacks.Secret is not { } secret || !CallbackSignature.TryReadSecret(secret, out var key))
            return ("Chat:Callbacks:Secret is not configured.", true);

        try
        {
            var json = body.Of(await turns.ReportAsync(turn, cancellationToken));
            var headers = CallbackSignature.Headers(key, callback.Id, time.GetUtcNow(), json);
            return ErrorOf(await http.PostAsync(new HttpPost(url, json, headers, Timeout), cancellationToken), url.Host);
        }
        catch (ToolException e)
        {
            return (e.Message, true);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogBroken(logger, e, callback.Id, callback.TurnId);
            return ("The service failed; its log says why.", true);
        }
    }

    private static (string? Error, bool MayRetry) ErrorOf(HttpStatusCode status, string host) => (int)status switch
    {
        >= 200 and < 300 => (null, false),
        >= 300 and < 400 => ($"'{host}' redirects (status {(int)status}), which is not followed.", true),
        410 => ($"'{host}' wants no more of it (status 410).", false),
        _ => ($"'{host}' answered with status {(int)status}.", true),
    };

    private void Log(Callback callback, string host, int attempts, string? error, DateTimeOffset? next)
    {
        if (error is null)
            LogDelivered(logger, callback.Id, callback.TurnId, host, attempts);
        else if (next is { } at)
            LogRefused(logger, callback.Id, callback.TurnId, attempts, error, at);
        else
            LogGivenUp(logger, callback.Id, callback.TurnId, attempts, error);
    }

    [LoggerMessage(301, LogLevel.Debug, "Callback {CallbackId} of turn {TurnId} was delivered to {Host} with attempt {Attempts}")]
    private static partial void LogDelivered(ILogger logger, string callbackId, string turnId, string host, int attempts);

    [LoggerMessage(
        302, LogLevel.Information, "Callback {CallbackId} of turn {TurnId} failed (attempt {Attempts}): {Error} Next attempt: {At:u}")]
    private static partial void LogRefused(ILogger logger, string callbackId, string turnId, int attempts, string error, DateTimeOffset at);

    [LoggerMessage(303, LogLevel.Warning, "Callback {CallbackId} of turn {TurnId} was given up after {Attempts} attempts: {Error}")]
    private static partial void LogGivenUp(ILogger logger, string callbackId, string turnId, int attempts, string error);

    [LoggerMessage(304, LogLevel.Error, "Callback {CallbackId} of turn {TurnId} could not be sent")]
    private static partial void LogBroken(ILogger logger, Exception exception, string callbackId, string turnId);
}
