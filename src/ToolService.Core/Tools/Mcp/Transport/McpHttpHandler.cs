using ToolService.Core.Tools.Mcp.Sessions;

namespace ToolService.Core.Tools.Mcp.Transport;

/// <summary>Bounds what a server answers over HTTP, and finds out whether a call's request can have arrived.</summary>
internal sealed class McpHttpHandler : DelegatingHandler
{
    private const string SessionHeader = "Mcp-Session-Id";
    private const string EventStream = "text/event-stream";

    private readonly int _maxMessageBytes;
    private readonly SessionFault _fault;

    public McpHttpHandler(HttpMessageHandler guarded, int maxMessageBytes, SessionFault fault)
        : base(guarded) => (_maxMessageBytes, _fault) = (maxMessageBytes, fault);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = McpCall.Current;
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken);
        }
        catch (Exception e) when (NeverArrived(e))
        {
            call?.NoteNotRun();
            throw;
        }

        // The server says that it does not know the session: whatever was asked in it has not been done.
        if (response.StatusCode is System.Net.HttpStatusCode.NotFound && request.Headers.Contains(SessionHeader))
            call?.NoteNotRun();
        else if (response.IsSuccessStatusCode)
            call?.NoteReceived();
        await BoundAsync(response, call, cancellationToken);
        return response;
    }

    private static bool NeverArrived(Exception exception) =>
        exception is ToolException or HttpRequestException
        {
            HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
        };

    private async Task BoundAsync(HttpResponseMessage response, McpCall? call, CancellationToken cancellationToken)
    {
        var inner = response.Content;
        var isEvents = inner.Headers.ContentType?.MediaType == EventStream;
        var watch = isEvents && call is not null ? new EventWatch(call) : null;
        var content = new StreamContent(new MessageLimitStream(
            await inner.ReadAsStreamAsync(cancellationToken), _maxMessageBytes, isEvents ? MessageEnding.EmptyLine : null, _fault, watch is null ? null : watch.See));
        foreach (var (name, values) in inner.Headers)
            content.Headers.TryAddWithoutValidation(name, values);
        response.Content = content;
    }
}
