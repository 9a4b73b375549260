using System.Text.Json;
using ToolService.Core.Tools;
using ToolService.Core.Tools.Http.Operations;
using ToolService.Core.Tools.Secrets;

namespace ToolService.Core.Tests.Tools.Http.Operations;

public class HttpOperationTests
{
    [Theory]
    [InlineData(false, false, "call_1")]
    [InlineData(true, false, null)]
    [InlineData(false, true, "own")]
    public async Task Call_id_is_the_idempotency_key_of_what_changes_something(bool readOnly, bool hasOwn, string? expected)
    {
        await using var receiver = await Receiver.StartAsync();
        var operation = new HttpOperation
        {
            Method = "POST",
            Url = $"{receiver.Site}/",
            Constants = hasOwn ? [new(HttpPlace.Header, "idempotency-key", "own")] : [],
        };

        var received = await receiver.SendAsync(operation, "{}", new ToolPolicy { ReadOnly = readOnly }, new FixedCall());

        Assert.Equal(expected, received.Header("Idempotency-Key"));
    }

    [Fact]
    public async Task Argument_without_a_place_is_told_and_nothing_is_sent()
    {
        await using var receiver = await Receiver.StartAsync();

        var failure = await Assert.ThrowsAsync<ToolException>(
            () => receiver.CallAsync(new HttpOperation { Method = "GET", Url = $"{receiver.Site}/" }, """{"other":1}"""));

        Assert.Equal("Argument 'other' is not known: there is no place for it in the request.", failure.Message);
        Assert.Empty(receiver.Received);
    }

    [Theory]
    [InlineData("https://{host}/x", "Scheme, host and port of the URL are fixed: arguments and secrets cannot be part of them.")]
    [InlineData("https://h:{port}/x", "Scheme, host and port of the URL are fixed: arguments and secrets cannot be part of them.")]
    [InlineData("{scheme}://h/x", "Scheme, host and port of the URL are fixed: arguments and secrets cannot be part of them.")]
    [InlineData("https://u:p@h/x", "A URL has no user name or password; send them in a header, as a secret.")]
    [InlineData("https://h/a/../b", "The URL's path has '.' or '..' in it; write the path that is meant.")]
    [InlineData("https://h/a/%2e%2E/b", "The URL's path has '.' or '..' in it; write the path that is meant.")]
    [InlineData("https://h/a#b", "The URL has a fragment, which is never sent; remove '#' and what follows.")]
    [InlineData("https://h/a?b={c}", "The URL's query is fixed here; arguments in it are parameters.")]
    [InlineData("https://h/{a", "A place for an argument in the URL's path is written {name}.")]
    [InlineData("https://h/a}", "The URL's path has a '}' without its '{'.")]
    [InlineData("https://h/${secret:KEY}", "Nothing fills '{secret:KEY}' in the URL's path.")]
    [InlineData("https://h\\evil.example/", "The URL's path has a backslash in it; write '/'.")]
    [InlineData("/etc/passwd", "That is not a complete URL; write it like https://api.example.org/users/{id}.")]
    [InlineData("file:///etc/passwd", "Only http and https URLs can be opened.")]
    [InlineData("https://h:22/", "Port 22 is not opened; the operator can permit it with Http:AllowedPorts.")]
    [InlineData("http://169.254.169.254/", "'169.254.169.254' has a cloud metadata address, which this service does not open; the operator can permit it with Http:AllowPrivateNetworks.")]
    [InlineData("http://[::1]/", "'::1' has a loopback address, which this service does not open; the operator can permit it with Http:AllowPrivateNetworks.")]
    [InlineData("http://2130706433/", "'127.0.0.1' has a loopback address, which this service does not open; the operator can permit it with Http:AllowPrivateNetworks.")]
    public void Url_that_could_lead_anywhere_is_no_definition(string url, string message) =>
        Assert.Equal(message, Assert.Throws<ToolDefinitionException>(() => Create(new HttpOperation { Method = "GET", Url = url })).Message);

    [Theory]
    [InlineData("Host")]
    [InlineData("Content-Length")]
    [InlineData("transfer-encoding")]
    [InlineData("Proxy-Authorization")]
    [InlineData("traceparent")]
    [InlineData("X Y")]
    [InlineData("X:Y")]
    [InlineData("")]
    public void Header_that_is_not_the_definitions_to_set_is_refused(string name)
    {
        Assert.Throws<ToolDefinitionException>(() => Create(Get with { Constants = [new(HttpPlace.Header, name, "v")] }));
        Assert.Throws<ToolDefinitionException>(() => Create(Get with { Parameters = [new("a", name, HttpPlace.Header)] }));
    }

    [Theory]
    [InlineData(HttpPlace.Header, "X-A", "a\r\nX-B: c", "Header 'X-A': The value has a line break or control character in it, which a header cannot have.")]
    [InlineData(HttpPlace.Header, "X-A", "é", "Header 'X-A': The value has characters beyond ASCII, which a header cannot have.")]
    [InlineData(HttpPlace.Cookie, "a", "b; c=d", "Cookie 'a': The value has a separator of cookies in it (one of ; , space \" \\).")]
    [InlineData(HttpPlace.Header, "X-A", "${secret:NONE}", "Header 'X-A': There is no secret 'NONE'; the operator can define it as Secrets:NONE.")]
    public void Constant_that_cannot_be_sent_is_refused(HttpPlace place, string name, string value, string message) =>
        Assert.Equal(message, Assert.Throws<ToolDefinitionException>(() => Create(Get with { Constants = [new(place, name, value)] })).Message);

    [Fact]
    public void Changed_target_is_another_definition()
    {
        var hashes = new[]
        {
            Get, Get with { Url = "https://api.example.org/y" }, Get with { Method = "POST" }, Get with { Constants = [new(HttpPlace.Header, "X-A", "1")] },
        }.Select(operation => Create(operation).DefinitionHash);

        Assert.Equal(4, hashes.Distinct().Count());
    }

    private static HttpOperation Get => new() { Method = "GET", Url = "https://api.example.org/x" };

    private static Tool Create(HttpOperation operation)
    {
        using var http = TestHttp.Create(new());
        return new HttpToolFactory(http, new SecretStore(new SecretSettings()))
            .Create("t", "d", JsonElement.Parse("""{"type":"object"}"""), operation, new ToolPolicy(), "http");
    }

    private sealed class FixedCall : IRunningCall
    {
        public string CallId => "call_1";

        public string Owner => "local";

        public string? SessionId => null;

        public string? TurnId => null;

        public void Report(ToolProgress progress)
        {
        }

        public Task<ElicitationAnswer> ElicitAsync(Elicitation request, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
