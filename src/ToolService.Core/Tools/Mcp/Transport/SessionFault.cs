namespace ToolService.Core.Tools.Mcp.Transport;

/// <summary>Why a session with a server cannot go on, as far as the service itself found a reason.</summary>
internal sealed class SessionFault : IDisposable
{
    private readonly CancellationTokenSource _noted = new();
    private string? _reason;

    public SessionFault() => Token = _noted.Token;

    /// <summary>The first reason; null for none.</summary>
    public string? Reason => Volatile.Read(ref _reason);

    /// <summary>Is cancelled when there is a reason.</summary>
    public CancellationToken Token { get; }

    public void Note(string reason)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is not null)
            return;
        try
        {
            _noted.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The session is over already.
        }
    }

    public void Dispose() => _noted.Dispose();
}
