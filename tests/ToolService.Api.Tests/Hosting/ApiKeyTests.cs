using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ToolService.Api.Hosting.Security;

namespace ToolService.Api.Tests.Hosting;

public class ApiKeyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Valid_key_in_either_header_names_the_caller()
    {
        await using var service = await StartAsync();

        Assert.Equal("bob", await GetAsync(service, "/who", "Authorization", "Bearer key-of-bob"));
        Assert.Equal("bob", await GetAsync(service, "/who", "Authorization", "bearer key-of-bob"));
        Assert.Equal("ann", await GetAsync(service, "/who", "X-Api-Key", "key-of-ann"));
    }

    [Theory]
    [InlineData("Authorization", "Bearer wrong")]
    [InlineData("Authorization", "Bearer ")]
    [InlineData("Authorization", "key-of-bob")]
    [InlineData("Authorization", "Basic key-of-bob")]
    [InlineData("X-Api-Key", "")]
    [InlineData("X-Api-Key", "KEY-OF-BOB")]
    [InlineData("X-Other", "key-of-bob")]
    public async Task Any_other_credential_is_the_same_401(string header, string value)
    {
        await using var service = await StartAsync();
        using HttpRequestMessage request = new(HttpMethod.Get, "/who");
        request.Headers.TryAddWithoutValidation(header, value);

        using var response = await service.Client.SendAsync(request, Cancellation);

        var problem = await ProblemAssert.IsAsync(response, HttpStatusCode.Unauthorized, "unauthorized");
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Equal("Send a valid API key, as 'Authorization: Bearer KEY' or 'X-Api-Key: KEY'.", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Very_long_key_is_refused()
    {
        await using var service = await StartAsync();
        using var client = service.ClientWithKey(new string('k', 20_000));

        await ProblemAssert.IsAsync(await client.GetAsync("/who", Cancellation), HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task Missing_scope_is_a_403_that_names_it()
    {
        await using var service = await StartAsync();
        using var ann = service.ClientWithKey(TestKeys.KeyOf("ann"));

        var problem = await ProblemAssert.IsAsync(await ann.GetAsync("/scoped/either", Cancellation), HttpStatusCode.Forbidden, "missing_scope");

        Assert.Equal("The API key lacks the scope 'chat' or 'approve'.", problem.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("bob", "/scoped/either", HttpStatusCode.OK)]
    [InlineData("bob", "/scoped/both", HttpStatusCode.Forbidden)]
    [InlineData("root", "/scoped/both", HttpStatusCode.OK)]
    [InlineData("ann", "/who", HttpStatusCode.OK)]
    public async Task Scopes_of_the_group_and_the_endpoint_must_both_be_met(string name, string path, HttpStatusCode expected)
    {
        await using var service = await StartAsync();
        using var client = service.ClientWithKey(TestKeys.KeyOf(name));

        Assert.Equal(expected, (await client.GetAsync(path, Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/swagger/index.html")]
    public async Task Health_and_documentation_need_no_key(string path)
    {
        await using var service = await StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await service.Client.GetAsync(path, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Any_host_name_is_served_unless_the_setting_says_otherwise()
    {
        await using var open = await StartAsync();
        await using var strict = await StartAsync(("AllowedHosts", "tools.example.com;*.internal"));

        Assert.Equal(HttpStatusCode.OK, await HostAsync(open, "elsewhere.example.com"));
        Assert.Equal(HttpStatusCode.OK, await HostAsync(strict, "tools.example.com"));
        Assert.Equal(HttpStatusCode.OK, await HostAsync(strict, "a.internal"));
        Assert.Equal(HttpStatusCode.Forbidden, await HostAsync(strict, "elsewhere.example.com"));
    }

    private static Task<TestService> StartAsync(params (string Name, string Value)[] settings)
    {
        var all = TestKeys.Settings(("ann", ["tools"]), ("bob", []), ("root", ["admin"]));
        foreach (var (name, value) in settings)
            all[name] = value;

        return TestService.StartAsync(all, map: app =>
        {
            app.MapGet("/who", (HttpContext context) => context.Caller().Name);
            var scoped = app.MapGroup("/scoped").RequireScope(Scopes.Chat, Scopes.Approve);
            scoped.MapGet("/either", () => "in");
            scoped.MapGet("/both", () => "in").RequireScope(Scopes.Approve);
        });
    }

    private static async Task<string> GetAsync(TestService service, string path, string header, string value)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation(header, value);
        using var response = await service.Client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync(Cancellation);
    }

    private static async Task<HttpStatusCode> HostAsync(TestService service, string host)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/health") { Headers = { Host = host } };
        using var response = await service.Client.SendAsync(request, Cancellation);
        return response.StatusCode;
    }
}
