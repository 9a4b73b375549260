using System.Net;

namespace ToolService.Api.Tests.Hosting;

public class ConfigurationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dot_env_in_the_current_folder_sets_what_the_environment_does_not()
    {
        using TemporaryFolder folder = new();
        folder.Write(".env", "# a comment\nServer__MaxRequestBytes=5\nASPNETCORE_URLS=http://127.0.0.1:0\n");

        // The file alone: its bad value is found.
        var (code, _, error) = await ServiceProcess.RunAsync(folder.Path);
        Assert.Equal(1, code);
        Assert.StartsWith("Server:MaxRequestBytes:", error);

        // The environment wins over the file, which still gives the address.
        using var process = ServiceProcess.Start(folder.Path, new Dictionary<string, string> { ["Server__MaxRequestBytes"] = "4096" });
        var address = await process.WaitForAddressAsync();
        using HttpClient client = new();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri(address, "/health"), Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Malformed_dot_env_stops_the_start_and_names_the_line_but_not_its_content()
    {
        using TemporaryFolder folder = new();
        folder.Write(".env", "A=1\nthe-secret is here\n");

        var (code, _, error) = await ServiceProcess.RunAsync(folder.Path);

        Assert.Equal(1, code);
        Assert.Contains(".env: line 2", error);
        Assert.DoesNotContain("the-secret", error);
        Assert.DoesNotContain("   at ", error);
    }

    [Theory]
    [InlineData("--Server:MaxRequestBytes=5", "Server:MaxRequestBytes:")]
    [InlineData("--Server:MaxRequestBytes=many", "Server:MaxRequestBytes: 'many' is not a whole number in range.")]
    [InlineData("--Tools:Policies:calculator:RequiresConfirmation=yes", "Tools:Policies:calculator:RequiresConfirmation: 'yes' is not true or false.")]
    [InlineData("--Tools:Policies:calculator:Timeout=soon", "Tools:Policies:calculator:Timeout: 'soon' is not a duration such as 00:00:30.")]
    [InlineData("--Tools:Policies:calculator:Repair=maybe", "Tools:Policies:calculator:Repair: 'maybe' is not true or false.")]
    [InlineData("--Models:Endpoints:a:MaxRetries=99999999999", "Models:Endpoints:a:MaxRetries: '99999999999' is not a whole number in range.")]
    [InlineData("--Execution:Arguments:ControlCharacters=Keep", "Execution:Arguments:ControlCharacters: 'Keep' is not one of Refuse, Strip.")]
    [InlineData("--Server:Typo=1", "Server:Typo: there is no such setting")]
    [InlineData("--Tools:Policies:calculator:RequireConfirmation=true", "Tools:Policies:calculator:RequireConfirmation: there is no such setting")]
    [InlineData("--Security:ApiKeys:0:Scope=x", "Security:ApiKeys:0:Scope: there is no such setting")]
    [InlineData("--Storage:Conection=x", "Storage:Conection: there is no such setting")]
    [InlineData("--Models:Endpoints:a:Url=x", "Models:Endpoints:a:Url: there is no such setting")]
    [InlineData("--Server:ShutdownTimeout=-1", "Server:ShutdownTimeout:")]
    [InlineData("--Security:ApiKeys:0:Name=bob", "Security:ApiKeys:0:Hash:")]
    [InlineData("--Security:ApiKeys:0:Scopes:0=root", "Security:ApiKeys:0:Scopes: 'root' is not one of admin, approve, chat, confirmations, register, tools.")]
    [InlineData("--OTEL_EXPORTER_OTLP_ENDPOINT=nowhere", "OTEL_EXPORTER_OTLP_ENDPOINT:")]
    [InlineData("--urls=http://0.0.0.0:0", "Urls: http://0.0.0.0:0 can be reached from other machines")]
    [InlineData("--urls=http://localhost:0;http://*:0", "Urls: http://*:0 can be reached")]
    [InlineData("--http_ports=0", "Urls: http://*:0 can be reached")]
    [InlineData("--Kestrel:Endpoints:Public:Url=http://[::]:0", "Urls: http://[::]:0 can be reached")]
    public async Task Invalid_setting_stops_the_start_with_one_line_that_names_it(string argument, string expected)
    {
        using TemporaryFolder folder = new();

        var (code, output, error) = await ServiceProcess.RunAsync(folder.Path, argument);

        Assert.Equal(1, code);
        Assert.Contains(error.Split('\n'), line => line.Contains(expected, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", error + output);
    }

    [Fact]
    public async Task Database_that_cannot_be_opened_stops_the_start_with_a_line_that_says_so()
    {
        using TemporaryFolder folder = new();

        var (code, _, error) = await ServiceProcess.RunAsync(folder.Path, "--Storage:ConnectionString=Data Source=/proc/nowhere/x.db");

        Assert.Equal(1, code);
        Assert.StartsWith("SQLite cannot be opened", error);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Duplicate_key_names_and_hashes_stop_the_start()
    {
        using TemporaryFolder folder = new();
        var hash = new string('a', 64);

        var (code, _, error) = await ServiceProcess.RunAsync(
            folder.Path,
            "--Security:ApiKeys:0:Name=bob", $"--Security:ApiKeys:0:Hash={hash}", "--Security:ApiKeys:1:Name=Bob", $"--Security:ApiKeys:1:Hash={hash.ToUpperInvariant()}");

        Assert.Equal(1, code);
        Assert.Contains("Security:ApiKeys:1:Name: 'Bob' is the name of another key.", error);
        Assert.Contains("Security:ApiKeys:1:Hash: another key has the same one.", error);
    }
}
