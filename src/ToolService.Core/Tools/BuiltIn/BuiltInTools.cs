using ToolService.Core.Tools.Http;

namespace ToolService.Core.Tools.BuiltIn;

/// <summary>The tools that come with the service.</summary>
public static class BuiltInTools
{
    /// <summary>The name of their source.</summary>
    public const string Source = "built_in";

    /// <summary>
    /// Objects whose methods carry a <see cref="ToolAttribute"/>; each such method is a tool. All are safe to call from any thread.
    /// </summary>
    /// <param name="http">The way to other systems.</param>
    /// <param name="time">The clock of <c>current_time</c>.</param>
    /// <param name="options">Where the tools ask.</param>
    public static IReadOnlyList<object> Instances(GuardedHttp http, TimeProvider time, BuiltInToolsOptions options)
    {
        var service = new JsonService(http);
        return
        [
            new MathTools(),
            new TimeTools(time),
            new NetworkTools(service, options),
            new WeatherTools(service, options),
            new WeatherAlertTools(service, options),
            new WikipediaTools(service, options),
            new WebPageTools(http, new PageReader(time)),
        ];
    }
}
