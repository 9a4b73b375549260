using System.Globalization;
using Microsoft.Extensions.Logging;

namespace ToolService.Core.Models.Resilience;

/// <summary>
/// Keeps requests away from a model that is down: after so many failures in a row nothing is sent for a while, and then one request at a
/// time tries whether it answers again.
/// </summary>
/// <param name="name">The model's name.</param>
/// <param name="maxFailures">How many failures in a row are too many.</param>
/// <param name="pause">How long nothing is sent then.</param>
/// <param name="time">Measures the pause.</param>
/// <param name="logger">Told when it opens and closes.</param>
internal sealed partial class ModelBreaker(string name, int maxFailures, TimeSpan pause, TimeProvider time, ILogger logger)
{
    // While another request tries, nobody knows how long that takes.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private int _failures;
    private long? _openedAt;
    private bool _isTrying;

    /// <summary>Begins an attempt; dispose of it when it is over, however it ended.</summary>
    /// <exception cref="ModelException">The model is not asked now.</exception>
    public Attempt Begin()
    {
        lock (_gate)
        {
            ThrowIfOpen();
            var tries = _openedAt is not null;
            _isTrying |= tries;
            return new Attempt(this, tries);
        }
    }

    /// <summary>Refuses at once what would be refused later.</summary>
    /// <exception cref="ModelException">The model is not asked now.</exception>
    public void ThrowIfOpen()
    {
        lock (_gate)
        {
            if (_openedAt is not { } openedAt)
                return;

            var left = pause - time.GetElapsedTime(openedAt);
            if (left <= TimeSpan.Zero && !_isTrying)
                return;

            var wait = left > Soon ? left : Soon;
            var seconds = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            // Not how it failed: the provider's words may quote somebody else's request.
            throw new ModelException($"Model '{name}' failed {_failures} times in a row and is not asked now; try again in {seconds} s.")
            {
                IsUnavailable = true,
                RetryAfter = wait,
            };
        }
    }

    private void Close(int failures = 0)
    {
        if (_openedAt is not null)
            LogClosed(name);
        (_openedAt, _failures) = (null, failures);
    }

    private void CloseForNow() => Close(maxFailures - 1);

    private bool Fail(ModelException failure, bool tried)
    {
        _failures++;
        // What was sent before it opened does not make the pause longer.
        if (tried || (_openedAt is null && _failures >= maxFailures))
        {
            _openedAt = time.GetTimestamp();
            LogOpened(failure, name, _failures, pause.TotalSeconds);
        }

        return _openedAt is not null;
    }

    [LoggerMessage(2, LogLevel.Error, "Model {Model} failed {Failures} times in a row and is not asked for {PauseSeconds} s")]
    private partial void LogOpened(Exception exception, string model, int failures, double pauseSeconds);

    [LoggerMessage(3, LogLevel.Information, "Model {Model} answers again")]
    private partial void LogClosed(string model);

    /// <summary>One request that is sent. What ends without a verdict, such as by its caller's cancellation, counts neither way.</summary>
    public sealed class Attempt(ModelBreaker breaker, bool tries) : IDisposable
    {
        private bool _tries = tries;

        /// <summary>The model has begun to answer: others may ask it again. One more failure, and they may not.</summary>
        public void Answering()
        {
            if (!_tries)
                return;

            lock (breaker._gate)
            {
                breaker.CloseForNow();
                EndTrial();
            }
        }

        /// <summary>The answer is whole.</summary>
        public void Succeeded()
        {
            lock (breaker._gate)
                breaker.Close();
        }

        /// <summary>It failed; whether the model is not asked from now on.</summary>
        public bool Failed(ModelException failure)
        {
            lock (breaker._gate)
            {
                if (failure.IsOutage)
                    return breaker.Fail(failure, _tries);

                breaker.Close();
                return false;
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            lock (breaker._gate)
                EndTrial();
        }

        private void EndTrial()
        {
            if (_tries)
                breaker._isTrying = _tries = false;
        }
    }
}
