using System.Text;
using ToolService.Core.Tools.Mcp.Sessions;
using ToolService.Core.Tools.Secrets;

namespace ToolService.Core.Tools.Mcp.Transport;

/// <summary>
/// Bounds what a server answers over HTTP, takes secrets out of its error pages, and finds out whether a call's request can have arrived.
/// </summary>
internal sealed class McpHttpHandler : DelegatingHandler
{
    private const string SessionHeader = "Mcp-Session-Id";
    private const string EventStream = "text/event-stream";

    private readonly int _maxMessageBytes;
    private readonly SessionFault _fault;
    private readonly SecretStore? _secrets;

    public McpHttpHandler(HttpMessageHandler guarded, int maxMessageBytes, SessionFault fault, SecretStore? secrets)
        : base(guarded) => (_maxMessageBytes, _fault, _secrets) = (maxMessageBytes, fault, secrets);

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
        if (!response.IsSuccessStatusCode && _secrets is not null)
            await CleanAsync(response.Content, _secrets);
        return response;

        // The SDK puts the body into its exception, and that is logged.
        async Task CleanAsync(HttpContent content, SecretStore secrets)
        {
            var text = Encoding.UTF8.GetString(await content.ReadAsByteArrayAsync(cancellationToken));
            response.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(secrets.Redact(text)));
            response.Content.Headers.ContentType = content.Headers.ContentType;
        }
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
