using System.ComponentModel;
using System.Reflection;
using ToolService.Core.Tests.Tools.Http;
using ToolService.Core.Tools;
using ToolService.Core.Tools.BuiltIn;

namespace ToolService.Core.Tests.Tools.BuiltIn;

public class BuiltInToolsTests
{
    [Fact]
    public void Every_tool_is_there_and_says_what_it_is()
    {
        using var http = TestHttp.Local();

        var methods = BuiltInTools.Instances(http, TimeProvider.System, new BuiltInToolsOptions())
            .SelectMany(instance => instance.GetType().GetMethods())
            .Where(method => method.IsDefined(typeof(ToolAttribute)))
            .ToList();

        string[] names =
        [
            "calculator", "current_time", "get_ip_address", "get_location_info", "get_random_number", "get_weather", "get_weather_alerts", "read_webpage",
            "search_wikipedia",
        ];
        Assert.Equal(names, methods.Select(Attribute).Select(tool => tool.Name).Order(StringComparer.Ordinal));
        Assert.All(
            methods.Select(Attribute),
            tool => Assert.True(tool is { ReadOnly: true, Idempotent: true, Destructive: false } && tool.Tags.Length > 0));
        Assert.All(methods, method => Assert.Equal(Attribute(method).Tags.Any(tag => tag is "web"), Attribute(method).OpenWorld));
        Assert.All(methods, method => Assert.NotNull(method.GetCustomAttribute<DescriptionAttribute>()));
        Assert.All(
            methods.SelectMany(method => method.GetParameters()).Where(parameter => parameter.ParameterType != typeof(CancellationToken)),
            parameter => Assert.NotNull(parameter.GetCustomAttribute<DescriptionAttribute>()));
    }

    [Fact]
    public void The_default_addresses_are_valid() =>
        Assert.True(new BuiltInToolsOptionsValidation().Validate(null, new BuiltInToolsOptions()).Succeeded);

    [Theory]
    [InlineData("/v1/search")]
    [InlineData("ftp://example.org/")]
    [InlineData("example.org")]
    [InlineData("https://user:pass@example.org/")]
    public void A_bad_address_is_named_with_its_setting(string url)
    {
        var options = new BuiltInToolsOptions { WeatherUrl = new Uri(url, UriKind.RelativeOrAbsolute) };

        var failure = new BuiltInToolsOptionsValidation().Validate(null, options).FailureMessage;

        Assert.Equal($"BuiltInTools:WeatherUrl '{url}' is not an absolute http or https URL.", failure);
    }

    private static ToolAttribute Attribute(MethodInfo method) => method.GetCustomAttribute<ToolAttribute>()!;
}
