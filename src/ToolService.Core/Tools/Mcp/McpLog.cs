using Microsoft.Extensions.Logging;

namespace ToolService.Core.Tools.Mcp;

internal static partial class McpLog
{
    [LoggerMessage(331, LogLevel.Information, "MCP server {Server}: connected, protocol {Protocol}")]
    public static partial void Connected(this ILogger logger, string server, string? protocol);

    [LoggerMessage(332, LogLevel.Warning, "MCP server {Server}: the session is given up: {Reason}")]
    public static partial void SessionFaulted(this ILogger logger, string server, string reason);

    [LoggerMessage(333, LogLevel.Debug, "MCP server {Server} writes: {Line}")]
    public static partial void ErrorOutput(this ILogger logger, string server, string line);

    [LoggerMessage(334, LogLevel.Warning, "MCP server {Server} asks a question that belongs to none or to several of its calls: cancelled")]
    public static partial void QuestionWithoutCall(this ILogger logger, string server);

    [LoggerMessage(335, LogLevel.Warning, "MCP server {Server}: an answer to its question does not satisfy what it asked for: cancelled")]
    public static partial void AnswerRefused(this ILogger logger, string server);

    [LoggerMessage(336, LogLevel.Warning, "MCP server {Server} is defined twice, in the configuration and over the API: the configuration's is used")]
    public static partial void DefinedTwice(this ILogger logger, string server);

    [LoggerMessage(337, LogLevel.Warning, "MCP server {Server} was defined over the API and cannot be read")]
    public static partial void DefinitionUnreadable(this ILogger logger, Exception? exception, string server);

    [LoggerMessage(338, LogLevel.Information, "MCP server {Server} waits for a person's authorization")]
    public static partial void AuthorizationWanted(this ILogger logger, string server);

    [LoggerMessage(339, LogLevel.Debug, "MCP server {Server}: closing the session failed")]
    public static partial void CloseFailed(this ILogger logger, Exception exception, string server);
}
