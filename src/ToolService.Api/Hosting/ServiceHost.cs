using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Routing.Constraints;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using ToolService.Api.Health;
using ToolService.Api.Hosting.Documentation;
using ToolService.Api.Hosting.Errors;
using ToolService.Api.Hosting.Json;
using ToolService.Api.Hosting.Security;
using ToolService.Api.Hosting.Settings;

namespace ToolService.Api.Hosting;

/// <summary>What every endpoint stands on: configuration, server, authentication, errors, JSON, documentation, telemetry.</summary>
internal static partial class ServiceHost
{
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        // appsettings.json lies beside the program; data and .env belong to the directory in which it is started.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        ServiceConfiguration.Load(builder.Configuration, builder.Environment, args);
        builder.WebHost.UseKestrelHttpsConfiguration();
        // The slim builder adds the console without its settings.
        builder.Services.Configure<ConsoleLoggerOptions>(builder.Configuration.GetSection("Logging:Console"));
        builder.Services.AddHosting();
        Telemetry.AddTelemetry(builder.Services, builder.Configuration);
        return builder;
    }

    public static void UseHosting(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages(StatusProblems.WriteAsync);
        if (app.Services.GetRequiredService<ApiKeys>().Any)
            app.UseMiddleware<ApiKeyMiddleware>();
        else
            app.UseMiddleware<LocalOnlyMiddleware>();
    }

    /// <summary>Runs the application to its end. Whatever keeps it from starting that its operator can mend is told in a line, without a stack trace.</summary>
    /// <param name="create">Puts it together.</param>
    /// <param name="serve">What it does once it has started, to the end of which it runs; null to serve requests until it is stopped.</param>
    public static async Task<int> RunAsync(Func<WebApplication> create, Func<WebApplication, Task>? serve = null)
    {
        try
        {
            await using var app = create();
            // Here, since the host would log what it finds wrong with a stack trace.
            app.Services.GetService<IStartupValidator>()?.Validate();
            await app.StartAsync();
            await (serve ?? WaitForShutdownAsync)(app);
            return 0;
        }
        catch (Exception e) when (StartFailures.Explain(e) is { Count: > 0 } lines)
        {
            foreach (var line in lines)
                await Console.Error.WriteLineAsync(line);

            return 1;
        }
    }

    private static async Task WaitForShutdownAsync(WebApplication app)
    {
        try
        {
            await app.WaitForShutdownAsync();
        }
        catch (Exception e) when (app.Lifetime.ApplicationStopping.IsCancellationRequested && IsCancellation(e))
        {
            // Clients that neither finish nor leave are no fault of the service: everything that was answered is stored.
            LogCutOff(app.Logger);
        }
    }

    private static bool IsCancellation(Exception exception) =>
        exception is OperationCanceledException || (exception is AggregateException several && several.InnerExceptions.All(IsCancellation));

    [LoggerMessage(401, LogLevel.Warning, "What had not ended within Server:ShutdownTimeout was cut off")]
    private static partial void LogCutOff(ILogger logger);

    private static void AddHosting(this IServiceCollection services)
    {
        services.AddSettings<ServerOptions>("Server");
        services.AddSettings<SecurityOptions>(SecurityOptions.Section);
        services.AddSingleton<IValidateOptions<SecurityOptions>, SecurityValidation>();
        services.ConfigureOptions<ServerConfiguration>();
        services.AddSingleton<ApiKeys>();
        services.AddSingleton(provider =>
            new AllowedHosts(provider.GetRequiredService<IConfiguration>()[AllowedHosts.Setting], provider.GetRequiredService<ApiKeys>().Any));
        // Ours answers with a problem and knows whether keys are required; the framework's runs first and would answer with an empty 400.
        services.PostConfigure<HostFilteringOptions>(options => options.AllowedHosts = ["*"]);

        services.ConfigureHttpJsonOptions(WireJson.Configure);
        // The slim builder leaves it out.
        services.Configure<RouteOptions>(options => options.SetParameterPolicy<RegexInlineRouteConstraint>("regex"));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddSingleton<JsonFailures>();
        services.AddExceptionHandler<ExceptionProblems>();
        services.AddProblemDetails();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<Readiness>();
        services.AddDocumentation();
    }
}
