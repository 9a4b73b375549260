using System.Threading.Channels;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using ToolService.Core.Tools;

namespace ToolService.Api.Mcp;

/// <summary>Tells a client how far its call is, in order and all before the result; a client that reads slowly misses the oldest.</summary>
internal sealed class ProgressNotes : IAsyncDisposable
{
    private const int MaxUnsent = 64;

    private readonly Channel<ToolProgress> _unsent =
        Channel.CreateBounded<ToolProgress>(new BoundedChannelOptions(MaxUnsent) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly Task _sending;

    /// <summary>Begins to tell the client of a call.</summary>
    /// <param name="server">The call's server.</param>
    /// <param name="token">What the client calls this progress.</param>
    public ProgressNotes(McpServer server, ProgressToken token) => _sending = SendAsync(server, token);

    /// <summary>Tells of one step; after the result, of none.</summary>
    public void Add(ToolProgress progress) => _unsent.Writer.TryWrite(progress);

    public async ValueTask DisposeAsync()
    {
        _unsent.Writer.TryComplete();
        await _sending;
    }

    private async Task SendAsync(McpServer server, ProgressToken token)
    {
        await foreach (var (progress, total, message) in _unsent.Reader.ReadAllAsync())
            await server.NotifyProgressAsync(
                token,
                new ProgressNotificationValue
                {
                    Progress = Single(progress),
                    Total = total is { } whole ? Single(whole) : null,
                    Message = message,
                });
    }

    // Beyond these there is infinity, which JSON cannot tell.
    private static float Single(double number) => (float)Math.Clamp(number, float.MinValue, float.MaxValue);
}
