using System.Globalization;

namespace ToolService.Core.Models.Resilience;

/// <summary>Lets requests to a model through as its limits allow, in the order in which they came.</summary>
internal sealed class RequestLimiter : IDisposable
{
    // Nobody knows when the answers that are at work end.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    private readonly string _name;
    private readonly int _parallel;
    private readonly int _maxQueued;
    private readonly TimeSpan _maxWait;
    private readonly MinuteWindow? _requests;
    private readonly MinuteWindow? _tokens;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private readonly LinkedList<Waiting> _queue = [];
    private int _running;

    /// <param name="name">The model's name.</param>
    /// <param name="options">The limits; validated.</param>
    /// <param name="time">Measures minutes and waits.</param>
    public RequestLimiter(string name, ModelEndpointOptions options, TimeProvider time)
    {
        (_name, _time) = (name, time);
        (_parallel, _maxQueued, _maxWait) = (options.MaxParallelRequests ?? int.MaxValue, options.MaxQueuedRequests, options.MaxQueueTime);
        _requests = options.RequestsPerMinute is { } requests ? new MinuteWindow(requests, time) : null;
        _tokens = options.TokensPerMinute is { } tokens ? new MinuteWindow(tokens, time) : null;
        _timer = time.CreateTimer(_ => LetIn(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Waits for its place; dispose of that when the answer has ended.</summary>
    /// <param name="tokens">How many tokens the request will take, estimated.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    /// <exception cref="ModelException">There is no place in time.</exception>
    public async ValueTask<Place> EnterAsync(long tokens, CancellationToken cancellationToken)
    {
        LinkedListNode<Waiting> waiting;
        lock (_gate)
        {
            var wait = WaitFor(1 + _queue.Count, tokens + _queue.Sum(other => other.Tokens));
            if (_queue.Count == 0 && _running < _parallel && wait == TimeSpan.Zero)
                return Take(tokens);
            if (_queue.Count >= _maxQueued || wait > _maxWait)
                throw Busy(wait);

            waiting = _queue.AddLast(new Waiting(tokens));
            LetIn();
        }

        try
        {
            return await waiting.Value.Place.Task.WaitAsync(_maxWait, _time, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            var wait = Leave(waiting);
            if (e is TimeoutException)
                throw Busy(wait);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    /// <summary>Leaves the queue, or gives back the place that was found in the last moment; how long the wait would still be.</summary>
    private TimeSpan Leave(LinkedListNode<Waiting> waiting)
    {
        lock (_gate)
        {
            if (waiting.List is not null)
                _queue.Remove(waiting);
            else
                waiting.Value.Place.Task.Result.GiveBack();
            LetIn();
            return WaitFor(1, waiting.Value.Tokens);
        }
    }

    private void LetIn()
    {
        lock (_gate)
        {
            while (_queue.First is { Value: var first } && _running < _parallel)
            {
                var wait = WaitFor(1, first.Tokens);
                if (wait > TimeSpan.Zero)
                {
                    _timer.Change(wait, Timeout.InfiniteTimeSpan);
                    return;
                }

                _queue.RemoveFirst();
                first.Place.SetResult(Take(first.Tokens));
            }
        }
    }

    private TimeSpan WaitFor(int requests, long tokens)
    {
        var forRequests = _requests?.WaitFor(requests) ?? TimeSpan.Zero;
        var forTokens = _tokens?.WaitFor(tokens) ?? TimeSpan.Zero;
        return forRequests > forTokens ? forRequests : forTokens;
    }

    private Place Take(long tokens)
    {
        _running++;
        return new Place(this, _requests?.Take(1), _tokens?.Take(tokens));
    }

    private ModelException Busy(TimeSpan wait)
    {
        wait = wait > Soon ? wait : Soon;
        var seconds = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return new ModelException(
            $"Model '{_name}' is asked as much as its limits allow, and others wait already; try again in {seconds} s.")
        {
            IsUnavailable = true,
            RetryAfter = wait,
        };
    }

    /// <summary>A request that was let through.</summary>
    public sealed class Place(RequestLimiter limiter, MinuteWindow.Use? request, MinuteWindow.Use? tokens) : IDisposable
    {
        private bool _isOver;

        /// <summary>Says how many tokens it took.</summary>
        public void Correct(long amount)
        {
            lock (limiter._gate)
            {
                if (tokens is not null)
                    limiter._tokens!.Correct(tokens, amount);
            }
        }

        /// <summary>Says that nothing was sent.</summary>
        public void GiveBack()
        {
            lock (limiter._gate)
            {
                Correct(0);
                if (request is not null)
                    limiter._requests!.Correct(request, 0);
                Dispose();
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            lock (limiter._gate)
            {
                if (_isOver)
                    return;

                _isOver = true;
                limiter._running--;
                limiter.LetIn();
            }
        }
    }

    private sealed record Waiting(long Tokens)
    {
        public TaskCompletionSource<Place> Place { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
