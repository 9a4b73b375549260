using ModelContextProtocol.Authentication;

namespace ToolService.Core.Tools.Mcp.Authorization;

/// <summary>Keeps a server's tokens over its sessions, in memory.</summary>
internal sealed class MemoryTokenCache : ITokenCache
{
    private volatile TokenContainer? _tokens;

    public ValueTask StoreTokensAsync(TokenContainer tokens, CancellationToken cancellationToken)
    {
        _tokens = tokens;
        return ValueTask.CompletedTask;
    }

    public ValueTask<TokenContainer?> GetTokensAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_tokens);

    public void Clear() => _tokens = null;
}
