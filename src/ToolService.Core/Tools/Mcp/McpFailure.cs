using System.Net;
using System.Text.Json;
using ModelContextProtocol;

namespace ToolService.Core.Tools.Mcp;

/// <summary>What went wrong with a server, in words for the model and the operator.</summary>
internal static class McpFailure
{
    private const int LongestText = 1_000;

    /// <summary>Why there is no session.</summary>
    public static ToolException OfConnecting(Exception exception, string server) =>
        Known(exception) ?? exception switch
        {
            HttpRequestException { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } => new ToolException(
                $"The MCP server '{server}' refuses this service: check the headers that it is sent, or let a person authorize it (OAuth).", exception),
            HttpRequestException { StatusCode: { } status } => new ToolException(
                $"The MCP server '{server}' answered with status {(int)status}.", exception)
            { Retryable = IsPassing(status) },
            McpProtocolException => new ToolException(
                $"The MCP server '{server}' refused the handshake: {RemoteText.Line(exception.Message, LongestText)}", exception),
            TimeoutException => new ToolException($"The MCP server '{server}' did not answer in time.", exception) { Retryable = true },
            JsonException => NoMcp(exception, server),
            _ => new ToolException($"The MCP server '{server}' cannot be reached; the log has the details.", exception) { Retryable = true },
        };

    /// <summary>Why a call has no result.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="server">The server.</param>
    /// <param name="fault">Why the service itself gave the session up; null where it did not.</param>
    /// <param name="mayRunAgain">Whether it does no harm to call the tool once more, although it may have run.</param>
    public static ToolException OfCall(Exception exception, string server, string? fault, bool mayRunAgain) =>
        fault is not null
            ? new ToolException($"The call was given up. {fault} It may have had its effect.", exception)
            : Known(exception) ?? exception switch
            {
                McpProtocolException => new ToolException(
                    $"The MCP server '{server}' refused the call: {RemoteText.Bound(exception.Message, LongestText)}", exception),
                HttpRequestException { StatusCode: HttpStatusCode.TooManyRequests } => new ToolException(
                    $"The MCP server '{server}' has too much to do.", exception)
                { Retryable = true },
                HttpRequestException { StatusCode: { } status } => new ToolException(
                    $"The MCP server '{server}' answered with status {(int)status}.", exception)
                { Retryable = mayRunAgain && IsPassing(status) },
                JsonException or InvalidOperationException or FormatException or ArgumentException or NotSupportedException => NoMcp(exception, server),
                _ => new ToolException(
                    $"The connection to the MCP server '{server}' was lost while it worked on the call. The call may have had its effect.", exception)
                { Retryable = mayRunAgain },
            };

    private static ToolException? Known(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException!)
            if (cause is ToolException known)
                return known;
        return null;
    }

    private static ToolException NoMcp(Exception exception, string server) =>
        new($"The MCP server '{server}' answered with something that is not MCP; the log has the details.", exception);

    private static bool IsPassing(HttpStatusCode status) => status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500;
}
