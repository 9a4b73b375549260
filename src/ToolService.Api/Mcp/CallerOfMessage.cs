using ModelContextProtocol.Protocol;
using ToolService.Api.Hosting.Security;

namespace ToolService.Api.Mcp;

/// <summary>Who sent a message, beside the message.</summary>
internal static class CallerOfMessage
{
    private const string Key = "toolservice.caller";

    /// <summary>Notes who sent the message.</summary>
    public static void SetCaller(this JsonRpcMessage message, Caller caller) =>
        ((message.Context ??= new JsonRpcMessageContext()).Items ??= new Dictionary<string, object?>(StringComparer.Ordinal))[Key] = caller;

    /// <summary>Who sent the message.</summary>
    /// <exception cref="InvalidOperationException">Nobody was noted.</exception>
    public static Caller GetCaller(this JsonRpcMessage message) =>
        message.Context?.Items?[Key] as Caller ?? throw new InvalidOperationException("A message of nobody.");
}
