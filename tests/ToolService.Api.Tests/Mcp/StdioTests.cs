using System.Diagnostics;
using System.Text.Json;
using ModelContextProtocol.Client;
using ToolService.Api.Tests.Hosting;

namespace ToolService.Api.Tests.Mcp;

public class StdioTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "ToolService.Api.dll");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task Program_serves_whoever_started_it(string version)
    {
        using TemporaryFolder folder = new();
        await using var client = await ConnectAsync(folder.Path, version);

        var tools = await client.ListToolsAsync(cancellationToken: Cancellation);
        var result = await client.CallToolAsync("calculator", new Dictionary<string, object?> { ["expression"] = "6*7" }, cancellationToken: Cancellation);

        Assert.Contains(tools, tool => tool.Name == "calculator");
        Assert.Equal("42", result.Text());
    }

    [Fact]
    public async Task Calls_are_in_the_history_of_the_service_on_the_same_data()
    {
        await using var service = await TestService.StartAsync();
        await using (var client = await ConnectAsync(service.DataFolder, "2025-11-25"))
            await client.CallToolAsync("calculator", new Dictionary<string, object?> { ["expression"] = "1+1" }, cancellationToken: Cancellation);

        var record = Assert.Single((await service.Client.GetJsonAsync("/v1/tools/history?tool=calculator")).EnumerateArray());

        Assert.Equal("mcp", record.Text("origin"));
    }

    [Fact]
    public async Task Output_is_protocol_only_and_ends_with_the_input()
    {
        using TemporaryFolder folder = new();
        string[] args = [Program, "--stdio", $"--Storage:ConnectionString=Data Source={folder.Path}/toolservice.db", "--Logging:LogLevel:Default=Debug"];
        ProcessStartInfo start = new("dotnet", args)
        {
            WorkingDirectory = folder.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(Cancellation);
        await process.StandardInput.WriteLineAsync("this is no message");
        await process.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""");
        var first = await process.StandardOutput.ReadLineAsync(Cancellation);
        process.StandardInput.Close();
        var rest = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);

        Assert.Equal("2025-06-18", JsonElement.Parse(first!).GetProperty("result").Text("protocolVersion"));
        Assert.Empty(rest);
        Assert.Equal(0, process.ExitCode);
        Assert.Contains("Storage is ready", await error);
        Assert.DoesNotContain("Now listening", await error);
    }

    private static Task<McpClient> ConnectAsync(string folder, string version) => McpClient.CreateAsync(
        new StdioClientTransport(new StdioClientTransportOptions
        {
            Command = "dotnet",
            Arguments = [Program, "--stdio", $"--Storage:ConnectionString=Data Source={folder}/toolservice.db"],
            WorkingDirectory = folder,
        }),
        // A loaded machine starts programs slowly.
        new McpClientOptions { ProtocolVersion = version, DiscoverProbeTimeout = Timeout.InfiniteTimeSpan },
        cancellationToken: Cancellation);
}
