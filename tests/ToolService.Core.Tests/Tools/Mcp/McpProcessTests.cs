using System.Diagnostics;
using System.Globalization;
using ToolService.Core.Tools;
using ToolService.Core.Tools.Mcp;

namespace ToolService.Core.Tests.Tools.Mcp;

public class McpProcessTests
{
    // Answers line by line; a call's result is the expression that the test gives.
    private const string Script = """
        while read -r line; do
          id=$(sed -E 's/.*"id":([0-9]+).*/\1/' <<<"$line")
          case "$line" in
            *'"initialize"'*) r='{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"sh","version":"1"}}' ;;
            *'"tools/list"'*) r='{"tools":[{"name":"act","inputSchema":{"type":"object"}}]}' ;;
            *'"tools/call"'*) r="{\"content\":[{\"type\":\"text\",\"text\":\"$(eval "$1")\"}]}" ;;
            *'"server/discover"'*) echo '{"jsonrpc":"2.0","id":'"$id"',"error":{"code":-32601,"message":"no"}}'; continue ;;
            *) continue ;;
          esac
          echo '{"jsonrpc":"2.0","id":'"$id"',"result":'"$r"'}'
        done
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Program_is_started_and_called()
    {
        await using var test = Start("echo hello");

        Assert.Equal("hello", await test.CallAsync());
    }

    [Fact]
    public async Task Program_gets_the_environment_that_is_set_and_not_the_services_own()
    {
        Environment.SetEnvironmentVariable("TOOLSERVICE_TEST_OWN", "secret");
        await using var test = Start("echo $GIVEN-$TOOLSERVICE_TEST_OWN");

        Assert.Equal("given-", await test.CallAsync());
    }

    [Fact]
    public async Task Program_that_ended_is_started_again_by_the_next_call()
    {
        await using var test = Start("echo $$");
        var tool = await test.ToolAsync();
        var first = (string)(await McpTest.CallAsync(tool))!;

        using (var process = Process.GetProcessById(int.Parse(first, CultureInfo.InvariantCulture)))
        {
            process.Kill();
            await process.WaitForExitAsync(Cancellation);
        }

        // The service may hear of the end only while it calls: then nobody knows whether that call ran.
        await Record.ExceptionAsync(() => McpTest.CallAsync(tool));
        Assert.NotEqual(first, await McpTest.CallAsync(tool));
    }

    [Fact]
    public async Task Program_ends_with_its_source_and_so_does_what_it_started()
    {
        var test = Start("sleep 1000 >/dev/null 2>&1 & echo $! $$");
        var ids = ((string)(await test.CallAsync())!).Split(' ');
        Assert.All(ids, id => Assert.True(Runs(id)));

        await test.DisposeAsync();

        // What is killed is gone a moment later.
        while (ids.Any(Runs))
            await Task.Yield();
    }

    [Fact]
    public async Task Program_that_does_not_exist_is_a_clear_failure()
    {
        await using var test = new McpTest(new McpServerOptions { Command = "/no/such/program" });

        Assert.Contains("could not be started", await FailureAsync(test), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_that_ends_at_once_is_a_clear_failure()
    {
        await using var test = new McpTest(new McpServerOptions { Command = "bash", Arguments = ["-c", "exit 3"] });

        Assert.Contains("ended with code 3", await FailureAsync(test), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Line_without_end_is_given_up()
    {
        await using var test = new McpTest(new McpServerOptions { Command = "bash", Arguments = ["-c", "yes | tr -d '\\n'"], MaxMessageBytes = 100_000 });

        Assert.Contains("100,000 bytes", await FailureAsync(test), StringComparison.Ordinal);
    }

    // One that has ended and that nobody has asked about yet has no command line.
    private static bool Runs(string id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Length > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static McpTest Start(string result) => new(new McpServerOptions
    {
        Command = "bash",
        Arguments = ["-c", Script, "server", result],
        Environment = { ["GIVEN"] = "given" },
    });

    private static async Task<string> FailureAsync(McpTest test) =>
        (await Assert.ThrowsAsync<ToolException>(() => test.Source.LoadAsync(Cancellation))).Message;
}
