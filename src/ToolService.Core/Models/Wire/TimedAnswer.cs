using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Models.Wire;

/// <summary>Bounds how long an answer may take, and makes a <see cref="ModelException"/> of whatever goes wrong meanwhile.</summary>
/// <param name="timeout">For the request with its whole stream.</param>
/// <param name="time">Measures it.</param>
/// <param name="translate">Says what a failure means; a timeout arrives as an <see cref="OperationCanceledException"/>.</param>
internal sealed class TimedAnswer(TimeSpan timeout, TimeProvider time, Func<Exception, ModelException> translate)
{
    public async IAsyncEnumerable<ChatResponseUpdate> ReadAsync(
        Func<CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        await using var updates = read(both.Token).GetAsyncEnumerator(CancellationToken.None);
        while (await MoveNextAsync(updates, cancellationToken))
            yield return updates.Current;
    }

    private async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<ChatResponseUpdate> updates, CancellationToken cancellationToken)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (Exception e) when (e is not ModelException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw translate(e);
        }
    }
}
