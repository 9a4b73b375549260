using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ToolService.Api.Tests.Hosting;
using ToolService.Core;
using ToolService.Core.Tools;

namespace ToolService.Api.Tests.Health;

public class HealthTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_counts_the_tools()
    {
        await using var service = await TestService.StartAsync();
        var count = service.Services.GetRequiredService<ToolRegistry>().Current.Tools.Count;

        Assert.Equal($$"""{"status":"healthy","tools_count":{{count}}}""", await service.Client.GetStringAsync("/health", Cancellation));
    }

    [Fact]
    public async Task Live_and_ready_answer()
    {
        await using var service = await TestService.StartAsync();

        Assert.Equal("""{"status":"healthy"}""", await service.Client.GetStringAsync("/health/live", Cancellation));
        Assert.Equal("""{"status":"healthy"}""", await service.Client.GetStringAsync("/health/ready", Cancellation));
    }

    [Fact]
    public async Task Failed_check_makes_the_service_unready_and_is_named_without_its_reason()
    {
        await using var service = await TestService.StartAsync(customize: builder => builder.Services
            .AddSingleton<IReadinessCheck>(new Check("first", Task.CompletedTask))
            .AddSingleton<IReadinessCheck>(new Check("second", Task.FromException(new InvalidOperationException("password=secret")))));

        using var response = await service.Client.GetAsync("/health/ready", Cancellation);

        var problem = await ProblemAssert.IsAsync(response, HttpStatusCode.ServiceUnavailable, "not_ready");
        Assert.Equal("Not ready: second.", problem.GetProperty("detail").GetString());
        Assert.Equal(HttpStatusCode.OK, (await service.Client.GetAsync("/health", Cancellation)).StatusCode);
    }

    private sealed class Check(string name, Task outcome) : IReadinessCheck
    {
        public string Name => name;

        public Task CheckAsync(CancellationToken cancellationToken) => outcome;
    }
}
