using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Models.Wire;

/// <summary>Bounds how long an answer may take and pause, and makes a <see cref="ModelException"/> of whatever goes wrong meanwhile.</summary>
/// <param name="options">For how long: the request with its whole stream, and a pause in the stream.</param>
/// <param name="errors">Says that it took too long.</param>
/// <param name="time">Measures it.</param>
/// <param name="translate">Says what another failure means.</param>
internal sealed class TimedAnswer(ModelEndpointOptions options, ProviderErrors errors, TimeProvider time, Func<Exception, ModelException> translate)
{
    public async IAsyncEnumerable<ChatResponseUpdate> ReadAsync(
        Func<AnswerClock, IAsyncEnumerable<ChatResponseUpdate>> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var clock = new AnswerClock(options.Timeout, options.StreamIdleTimeout, time, cancellationToken);
        await using var updates = read(clock).GetAsyncEnumerator(CancellationToken.None);
        while (await MoveNextAsync(updates, clock, cancellationToken))
        {
            clock.Begin();
            yield return updates.Current;
        }
    }

    private async ValueTask<bool> MoveNextAsync(
        IAsyncEnumerator<ChatResponseUpdate> updates, AnswerClock clock, CancellationToken cancellationToken)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (Exception e) when (e is not ModelException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw e is OperationCanceledException ? TooLong(clock, e) : translate(e);
        }
    }

    private ModelException TooLong(AnswerClock clock, Exception e) =>
        clock.IsIdle ? errors.Stalled(options.StreamIdleTimeout, e) : errors.TimedOut(options.Timeout, e);
}
