using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace ToolService.Api.Mcp;

/// <summary>Why a POST is refused before the protocol's own handling sees it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The error code of JSON-RPC or of the protocol.</param>
/// <param name="Message">What to change.</param>
/// <param name="Id">The request's id; null where it could not be read.</param>
internal sealed record RpcFailure(int Status, int Code, string Message, RequestId? Id = null)
{
    // What clients know for a session that is gone.
    private const int SessionNotFound = -32001;

    public static RpcFailure NoSession() =>
        new(StatusCodes.Status404NotFound, SessionNotFound, "There is no such session: initialize again.");

    public static RpcFailure Malformed(string message) => new(StatusCodes.Status400BadRequest, (int)McpErrorCode.ParseError, message);

    public static RpcFailure Invalid(string message, RequestId? id = null) =>
        new(StatusCodes.Status400BadRequest, (int)McpErrorCode.InvalidRequest, message, id);

    public static RpcFailure HeaderMismatch(string message, RequestId? id) =>
        new(StatusCodes.Status400BadRequest, (int)McpErrorCode.HeaderMismatch, message, id);

    /// <summary>Writes it. JSON-RPC has no null among its ids here: an unknown one is left out.</summary>
    public async Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(RpcJson.Error(this), context.RequestAborted);
    }
}
