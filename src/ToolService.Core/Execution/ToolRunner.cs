using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.RateLimiting;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ToolService.Core.Tools;

namespace ToolService.Core.Execution;

/// <summary>Runs a call that has passed every check: waits for a slot, starts the tool, bounds its time, retries, pauses a tool that keeps failing.</summary>
internal sealed class ToolRunner(
    ExecutionOptions options, Elicitations elicitations, TimeProvider time, IHostApplicationLifetime lifetime, ILogger logger) : IDisposable
{
    /// <summary>How long what a tool has registered for its cancellation may take, and after a stop of the service the tool itself.</summary>
    private static readonly TimeSpan CancelPatience = TimeSpan.FromSeconds(1);

    private readonly ConcurrencyLimiter _slots = ToolGate.Limiter(options.MaxParallelCalls, options.MaxQueuedCalls);
    private readonly ConditionalWeakTable<Tool, ToolGate> _gates = [];
    private readonly ShutdownGrace _shutdown = new(lifetime, options.ShutdownGrace, time);

    /// <summary>Runs a call.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="arguments">Its arguments, checked.</param>
    /// <param name="call">The call as it was recorded.</param>
    /// <param name="context">Who hears of its progress and answers its questions; null for nobody.</param>
    /// <param name="work">What a stop of the service ends.</param>
    /// <param name="caller">Stops the tool.</param>
    public async Task<RunOutcome> RunAsync(
        Tool tool, JsonElement arguments, CallRecord call, CallContext? context, StoppableWork work, CancellationToken caller)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(caller, work.Token);
        var cancellationToken = either.Token;
        var gate = _gates.GetValue(tool, key => new ToolGate(key, options, time));
        var arrived = time.GetTimestamp();
        RateLimitLease? own = null, shared = null;
        try
        {
            // The tool's own slot first: calls that queue for a slow tool must not hold slots that other tools could use.
            own = await AcquireAsync(gate.Slots, cancellationToken);
            if (own is { IsAcquired: true })
                shared = await AcquireAsync(_slots, cancellationToken);
            var queueTime = time.GetElapsedTime(arrived);
            if (shared is not { IsAcquired: true })
                return new RunOutcome(CallStatus.Rejected, null, Busy(tool), 0, queueTime, TimeSpan.Zero);

            return await RunAsync(gate, arguments, call, context, queueTime, work, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            var error = work.IsStopped ? ToolErrors.StoppedInQueue : ToolErrors.CancelledInQueue;
            return new RunOutcome(CallStatus.Cancelled, null, error, 0, time.GetElapsedTime(arrived), TimeSpan.Zero);
        }
        finally
        {
            shared?.Dispose();
            own?.Dispose();
        }
    }

    public void Dispose()
    {
        _slots.Dispose();
        _shutdown.Dispose();
    }

    private async Task<RunOutcome> RunAsync(
        ToolGate gate, JsonElement arguments, CallRecord call, CallContext? context, TimeSpan queueTime, StoppableWork work,
        CancellationToken cancellationToken)
    {
        var attempts = 0;
        var started = time.GetTimestamp();
        Attempt last;
        try
        {
            last = await gate.RunAsync(
                () =>
                {
                    attempts++;
                    return AttemptAsync(gate, arguments, call, context, work, cancellationToken);
                },
                cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Between two attempts.
            last = Cancelled(gate.Tool, work, cancellationToken);
        }

        return new RunOutcome(last.Status, last.Result, last.Error, attempts, queueTime, time.GetElapsedTime(started));
    }

    private async ValueTask<RateLimitLease> AcquireAsync(ConcurrencyLimiter slots, CancellationToken cancellationToken)
    {
        var lease = slots.AttemptAcquire();
        if (lease.IsAcquired)
            return lease;

        using var patience = new CancellationTokenSource(options.QueueTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await slots.AcquireAsync(1, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return lease;
        }
    }

    private async ValueTask<Attempt> AttemptAsync(
        ToolGate gate, JsonElement arguments, CallRecord call, CallContext? context, StoppableWork work, CancellationToken caller)
    {
        // The tool gets a token of its own: what it registers on it runs, and throws, in AbandonAsync and not wherever the caller cancels.
        using var stop = new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(caller, _shutdown.Token);
        var (token, forTool) = (either.Token, stop.Token);
        var tool = gate.Tool;
        if (token.IsCancellationRequested)
            return Cancelled(tool, work, caller);

        // On another thread: a tool that blocks or spins must not take the caller's thread with it, or it could not be abandoned.
        using var timeout = new PausableTimeout(gate.Timeout, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(token, timeout.Token);
        var running = new RunningCall(call, context, elicitations, timeout, forTool);
        var run = Task.Run(() => InvokeAsync(tool, arguments, running, options.MaxResultBytes, forTool), CancellationToken.None);
        try
        {
            return new Attempt(CallStatus.Succeeded, await run.WaitAsync(end.Token));
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            await AbandonAsync(run, stop, call, work.IsStopped ? work : null);
            return Cancelled(tool, work, caller);
        }
        catch (OperationCanceledException) when (timeout.Token.IsCancellationRequested)
        {
            await AbandonAsync(run, stop, call);
            return new Attempt(CallStatus.TimedOut, Error: ToolErrors.TimedOut(tool, gate.Timeout), IsToolsFault: true);
        }
        catch (ToolException e)
        {
            if (e.InnerException is not null)
                logger.ToolFailed(e, tool.Name, call.CallId);
            return new Attempt(CallStatus.Failed, null, new ToolError(ToolErrorCode.ToolFailed, e.Message, e.Retryable), e.RetryAfter, e.Retryable);
        }
        catch (Exception e)
        {
            var incident = Guid.CreateVersion7().ToString("N");
            logger.ToolThrew(e, tool.Name, call.CallId, incident);
            return new Attempt(CallStatus.Failed, null, ToolErrors.Unexpected(tool, incident), IsToolsFault: true);
        }
        finally
        {
            running.End();
        }
    }

    private static async Task<string> InvokeAsync(
        Tool tool, JsonElement arguments, RunningCall call, int maxResultBytes, CancellationToken cancellationToken)
    {
        // The pool may come to this after the call was given up: then the tool must not begin.
        cancellationToken.ThrowIfCancellationRequested();
        var bound = new AIFunctionArguments
        {
            Context = new Dictionary<object, object?>(2) { [typeof(IRunningCall)] = call, [typeof(ToolPolicy)] = tool.Policy },
        };
        foreach (var member in arguments.EnumerateObject())
            bound[member.Name] = member.Value;

        JournalPoints.Before("tool_call", call.CallId);
        try
        {
            // Serialized here, within the time limit: what a tool returns may compute as it is read.
            return ResultText.Serialize(await tool.Function.InvokeAsync(bound, cancellationToken), maxResultBytes);
        }
        finally
        {
            JournalPoints.After("tool_call", call.CallId);
        }
    }

    /// <summary>Lets go of a tool that is still running: tells it to stop, and hears its end so that no exception goes unobserved.</summary>
    /// <param name="run">The tool.</param>
    /// <param name="stop">Tells it.</param>
    /// <param name="call">Its call.</param>
    /// <param name="stopped">Where the operator stopped the service: then the tool's end is awaited too, for a while.</param>
    private async Task AbandonAsync(Task run, CancellationTokenSource stop, CallRecord call, StoppableWork? stopped = null)
    {
        var stopping = stop.CancelAsync();
        await stopping.WaitAsync(CancelPatience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stopping.Exception is { } thrown)
            logger.CancellationThrew(thrown, call.ToolName, call.CallId);
        if (stopped is not null)
            await run.WaitAsync(CancelPatience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (run.IsCompleted)
            return;

        stopped?.NoteUnresponsive();
        logger.ToolAbandoned(call.ToolName, call.CallId);
        _ = run.ContinueWith(
            ended => logger.AbandonedToolEnded(ended.Exception?.InnerException, call.ToolName, call.CallId),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private static Attempt Cancelled(Tool tool, StoppableWork work, CancellationToken caller)
    {
        var other = caller.IsCancellationRequested ? CancelledBy.Caller : CancelledBy.Shutdown;
        return new Attempt(CallStatus.Cancelled, Error: ToolErrors.Cancelled(tool, work.IsStopped ? CancelledBy.Operator : other));
    }

    private static ToolError Busy(Tool tool) =>
        new(ToolErrorCode.Unavailable, $"Too many calls are waiting; '{tool.Name}' did not get a free slot. Try again later.", Retryable: true);
}
