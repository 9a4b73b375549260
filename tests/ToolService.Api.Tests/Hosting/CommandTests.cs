using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ToolService.Api.Hosting.Commands;

namespace ToolService.Api.Tests.Hosting;

public class CommandTests
{
    [Fact]
    public async Task Keys_new_prints_a_key_whose_hash_the_service_accepts()
    {
        var (code, output, _) = await RunAsync("keys", "new", "bob", "--scopes", "tools,admin");
        Assert.Equal(0, code);

        var key = Regex.Match(output, "ts_[A-Za-z0-9_-]{43}").Value;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        var settings = Regex.Matches(output, "^(Security__.+)=(.+)$", RegexOptions.Multiline)
            .ToDictionary(line => line.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal), line => line.Groups[2].Value.Trim());
        Assert.Equal(hash, settings["Security:ApiKeys:0:Hash"]);
        Assert.Equal("admin", settings["Security:ApiKeys:0:Scopes:1"]);

        await using var service = await TestService.StartAsync(settings);
        Assert.Equal("bob", service.Services.GetKeys().Find(key)?.Name);
    }

    [Fact]
    public async Task Keys_new_never_prints_the_same_key_twice() =>
        Assert.NotEqual((await RunAsync("keys", "new", "a")).Output, (await RunAsync("keys", "new", "a")).Output);

    [Theory]
    [InlineData("keys")]
    [InlineData("keys", "old", "bob")]
    [InlineData("keys", "new")]
    [InlineData("keys", "new", "bad name")]
    [InlineData("keys", "new", "--scopes")]
    [InlineData("keys", "new", "bob", "--scopes", "root")]
    [InlineData("keys", "new", "bob", "extra")]
    [InlineData("health", "nonsense")]
    [InlineData("health", "http://localhost", "extra")]
    public async Task Wrong_arguments_print_the_usage(params string[] args)
    {
        var (code, output, error) = await RunAsync(args);

        Assert.Equal(2, code);
        Assert.Equal("", output);
        Assert.StartsWith("Usage: ", error);
    }

    [Fact]
    public async Task Health_command_tells_a_ready_service_from_one_that_is_gone()
    {
        Uri address;
        await using (var service = await TestService.StartAsync())
        {
            address = service.Address;
            Assert.Equal(0, (await RunAsync("health", address.ToString())).ExitCode);
        }

        Assert.Equal(1, (await RunAsync("health", address.ToString())).ExitCode);
    }

    [Fact]
    public void Other_arguments_start_the_server() => Assert.Null(CommandLine.Find(["--urls", "http://localhost:1"]));

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        var code = args[0] == "keys" ? await KeysCommand.RunAsync(args[1..], output, error) : await HealthCommand.RunAsync(args[1..], output, error);
        return (code, output.ToString(), error.ToString());
    }
}
