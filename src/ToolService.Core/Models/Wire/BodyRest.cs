namespace ToolService.Core.Models.Wire;

/// <summary>What is left of a body after the answer is complete.</summary>
internal static class BodyRest
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromMilliseconds(200);

    /// <summary>Reads it, for a moment: a body that was not read to its end costs the connection, and some servers never end it.</summary>
    public static async Task DrainAsync(Stream body, TimeProvider time, CancellationToken cancellationToken)
    {
        using var grace = new CancellationTokenSource(MaxWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, grace.Token);
        var rest = new byte[256];
        try
        {
            while (await body.ReadAsync(rest, either.Token) > 0)
            {
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The answer is complete already.
        }
    }
}
