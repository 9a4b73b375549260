using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ToolService.Api.Tests.Mcp;

/// <summary>The C# SDK's client of a test's service.</summary>
internal static class SdkClient
{
    public static Task<McpClient> ConnectAsync(
        this TestService service, string? version = null,
        Func<ElicitRequestParams?, CancellationToken, ValueTask<ElicitResult>>? elicit = null, string? key = null)
    {
        HttpClientTransport transport = new(new HttpClientTransportOptions
        {
            Endpoint = new Uri(service.Address, "/mcp"),
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = key is null ? null : new Dictionary<string, string> { ["Authorization"] = $"Bearer {key}" },
        });
        McpClientOptions options = new() { ProtocolVersion = version };
        options.Handlers.ElicitationHandler = elicit;
        return McpClient.CreateAsync(transport, options, cancellationToken: TestContext.Current.CancellationToken);
    }

    public static string Text(this CallToolResult result) => Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;
}
