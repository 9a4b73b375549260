using System.Collections.Concurrent;

namespace ToolService.Core.Tools.Mcp.Sessions;

/// <summary>The calls that run in a session.</summary>
internal sealed class McpCalls
{
    private readonly ConcurrentDictionary<string, McpCall> _calls = new(StringComparer.Ordinal);

    public void Add(McpCall call) => _calls[call.Key] = call;

    public void Remove(McpCall call) => _calls.TryRemove(call.Key, out _);

    public McpCall? Find(string key) => _calls.GetValueOrDefault(key);

    /// <summary>
    /// The call that a question belongs to: the one in whose stream it came, or else the only one that runs; null where neither tells.
    /// </summary>
    public McpCall? AskedBy(string id)
    {
        McpCall[] all = [.. _calls.Values];
        return all.FirstOrDefault(call => call.HasQuestion(id)) ?? (all is [var only] ? only : null);
    }

    public void NoteCancelled(string? requestId)
    {
        foreach (var call in _calls.Values.Where(call => call.Request?.ToString() == requestId))
            call.IsCancelledThere = true;
    }
}
