using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ToolService.Api.Hosting.Security;

namespace ToolService.Api.Tests.Hosting;

public class LocalOnlyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_keys_the_caller_is_local_and_may_everything()
    {
        await using var service = await TestService.StartAsync(map: app => app.MapGet("/who", (HttpContext context) => context.Caller()).RequireScope(Scopes.Admin));

        var body = await service.Client.GetStringAsync("/who", Cancellation);

        Assert.Contains("\"name\":\"local\"", body);
        Assert.Contains("\"sees_everything\":true", body);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("x-forwarded-host", "localhost")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    [InlineData("X-Original-For", "127.0.0.1")]
    public async Task Request_through_a_proxy_is_refused(string header, string value) =>
        await RefusedAsync("local_only", request => request.Headers.Add(header, value));

    [Theory]
    [InlineData("evil.example.com")]
    [InlineData("localhost.evil.example.com")]
    [InlineData("10.0.0.1")]
    public async Task Request_under_a_foreign_name_is_refused(string host) => await RefusedAsync("host_not_allowed", request => request.Headers.Host = host);

    [Theory]
    [InlineData("https://evil.example.com")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1.evil.example.com")]
    public async Task Request_from_a_page_of_another_site_is_refused(string origin) =>
        await RefusedAsync("foreign_origin", request => request.Headers.Add("Origin", origin));

    [Theory]
    [InlineData("http://localhost:3000")]
    [InlineData("http://[::1]:3000")]
    [InlineData("http://127.0.0.1")]
    public async Task Request_from_a_page_of_this_machine_is_served(string origin)
    {
        await using var service = await TestService.StartAsync();
        using HttpRequestMessage request = new(HttpMethod.Get, "/health") { Headers = { { "Origin", origin } } };

        Assert.Equal(HttpStatusCode.OK, (await service.Client.SendAsync(request, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Connection_from_another_machine_is_refused()
    {
        // Stands in for another machine's address, before everything else in the pipeline.
        await using var service = await TestService.StartAsync(customize: builder =>
            builder.Services.AddSingleton<IStartupFilter>(new RemoteAddress(IPAddress.Parse("192.0.2.7"))));

        await ProblemAssert.IsAsync(await service.Client.GetAsync("/health", Cancellation), HttpStatusCode.Forbidden, "local_only");
    }

    [Theory]
    [InlineData("http://localhost:1", true)]
    [InlineData("http://127.0.0.1:1", true)]
    [InlineData("http://127.9.9.9:1", true)]
    [InlineData("http://[::1]:1", true)]
    [InlineData("http://[::ffff:127.0.0.1]:1", true)]
    [InlineData("http://unix:/run/toolservice.sock", true)]
    [InlineData("http://0.0.0.0:1", false)]
    [InlineData("http://[::]:1", false)]
    [InlineData("http://+:1", false)]
    [InlineData("http://localhost.example.com:1", false)]
    [InlineData("nonsense", false)]
    public void Loopback_addresses_are_told_from_others(string address, bool expected) => Assert.Equal(expected, ListenAddresses.IsLoopback(address));

    private static async Task RefusedAsync(string code, Action<HttpRequestMessage> change)
    {
        await using var service = await TestService.StartAsync();
        using HttpRequestMessage request = new(HttpMethod.Get, "/health");
        change(request);

        await ProblemAssert.IsAsync(await service.Client.SendAsync(request, Cancellation), HttpStatusCode.Forbidden, code);
    }

    private sealed class RemoteAddress(IPAddress address) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) =>
            {
                context.Connection.RemoteIpAddress = address;
                return following(context);
            });
            next(app);
        };
    }
}
