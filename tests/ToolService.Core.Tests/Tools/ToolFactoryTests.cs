using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Tools;

namespace ToolService.Core.Tests.Tools;

public class ToolFactoryTests
{
    [Fact]
    public void Method_is_named_in_snake_case_without_its_async_suffix() =>
        Assert.Equal("not_found_async_page", ToolFactory.FromMethod(NotFoundAsyncPageAsync).Name);

    [Fact]
    public void Local_function_is_named_as_written()
    {
        Assert.Equal("add_numbers", ToolFactory.FromMethod(AddNumbers).Name);

        static int AddNumbers(int left, int right) => left + right;
    }

    [Fact]
    public void Lambda_is_refused_without_a_name() => AssertRefused("give the tool one", () => ToolFactory.FromMethod((int x) => x));

    [Fact]
    public void Lambda_is_a_tool_with_a_name() => Assert.Equal("same", ToolFactory.FromMethod((int x) => x, "same").Name);

    [Fact]
    public void Stream_is_refused() => AssertRefused("instead of a stream", () => ToolFactory.FromMethod(Count));

    [Fact]
    public void Parameters_with_the_same_snake_case_name_are_refused() =>
        AssertRefused("'time_zone'", () => ToolFactory.FromMethod((int timeZone, int time_zone) => timeZone + time_zone, "twice"));

    [Fact]
    public void Reference_parameter_is_refused_with_the_tools_name() => AssertRefused("'swap'", () => ToolFactory.FromMethod(Swap));

    [Fact]
    public void Object_gives_a_tool_for_each_marked_method()
    {
        var tools = ToolFactory.FromObject(new SampleTools(), "built_in");

        Assert.Equal(["sample_static", "sample_weather"], tools.Select(tool => tool.Name).Order());
        Assert.All(tools, tool => Assert.Equal("built_in", tool.Source));
    }

    [Fact]
    public void Attribute_gives_policy_description_and_tags()
    {
        var tool = Weather();

        Assert.Equal(new ToolPolicy { ReadOnly = true, OpenWorld = true, Timeout = TimeSpan.FromSeconds(1.5) }, tool.Policy);
        Assert.Equal("Says how warm it is.", tool.Description);
        Assert.Equal(["weather"], tool.Tags);
    }

    [Fact]
    public void Arguments_go_before_the_attribute()
    {
        var policy = new ToolPolicy { Idempotent = true };

        var tool = ToolFactory.FromMethod(SampleTools.EraseAsync, "erase", "Erases.", policy);

        Assert.Equal(("erase", "Erases.", policy), (tool.Name, tool.Description, tool.Policy));
    }

    [Fact]
    public void Object_without_tools_is_refused() =>
        Assert.Throws<ToolDefinitionException>(() => ToolFactory.FromObject(new object(), "none"));

    [Fact]
    public void Hidden_method_marked_as_a_tool_is_refused() =>
        AssertRefused("must be public", () => ToolFactory.FromObject(new WithHiddenTool(), "hidden"));

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(1e9)]
    public void Timeout_out_of_range_is_refused(double seconds)
    {
        object instance = seconds switch { -1 => new NegativeTimeout(), 1e9 => new EndlessTimeout(), _ => new NoTimeout() };
        AssertRefused("TimeoutSeconds", () => ToolFactory.FromObject(instance, "test"));
    }

    [Fact]
    public async Task Arguments_are_bound_under_their_snake_case_names()
    {
        var result = await InvokeAsync(
            Weather(),
            """{"place": {"latitude": 50.5, "longitude": 4}, "shown_as": "celsius", "forecast_days": 2, "extra_fields": ["wind"]}""");

        Assert.Equal(new Reading(52.5, TemperatureUnit.Celsius, TemperatureUnit.Celsius, "here, 2 supplied, 1"), result);
    }

    [Fact]
    public async Task Missing_optional_arguments_take_their_defaults() => Assert.Equal(
        new Reading(3, TemperatureUnit.DegreesFahrenheit, TemperatureUnit.Celsius, "here, 2 supplied, "),
        await InvokeAsync(Weather(), """{"place": {"latitude": 0, "longitude": 0}}"""));

    [Fact]
    public async Task Missing_required_argument_is_a_failure_that_names_it()
    {
        var e = await Assert.ThrowsAsync<ToolException>(() => InvokeAsync(Weather(), "{}"));
        Assert.Equal("Argument 'place' is missing.", e.Message);
    }

    [Theory]
    [InlineData("3.0", 3)]
    [InlineData("3e2", 300)]
    [InlineData("-7", -7)]
    public async Task Whole_number_is_read_however_it_is_written(string number, int expected) =>
        Assert.Equal(expected, await InvokeAsync(ToolFactory.FromMethod((int count) => count, "count"), $$"""{"count": {{number}}}"""));

    [Theory]
    [InlineData("3.5")]
    [InlineData("5000000000")]
    [InlineData("1e400")]
    [InlineData("\"3\"")]
    [InlineData("null")]
    [InlineData("[]")]
    public async Task Argument_that_does_not_fit_is_a_failure_that_names_it(string value)
    {
        var e = await Assert.ThrowsAsync<ToolException>(
            () => InvokeAsync(ToolFactory.FromMethod((int count) => count, "count"), $$"""{"count": {{value}}}"""));
        Assert.StartsWith("Argument 'count' cannot be read as int32", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"latitude": 1, "longitude": 2, "extra": 3}""")]
    [InlineData("""{"latitude": 1}""")]
    [InlineData("""{"latitude": 1, "latitude": 1, "longitude": 2}""")]
    public async Task Nested_object_with_unknown_missing_or_repeated_members_is_refused(string place) =>
        await Assert.ThrowsAsync<ToolException>(() => InvokeAsync(Weather(), $$"""{"place": {{place}}}"""));

    [Fact]
    public async Task Arguments_that_are_not_json_are_taken_as_they_are()
    {
        var tool = ToolFactory.FromMethod((int count, string[] names) => count + names.Length, "count");

        Assert.Equal(5, await tool.Function.InvokeAsync(new() { ["count"] = 3, ["names"] = new List<string> { "a", "b" } }, Token));
    }

    [Fact]
    public async Task Clock_services_and_cancellation_come_from_the_service()
    {
        var clock = new FixedClock();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var tool = ToolFactory.FromMethod(
            (TimeProvider time, IServiceProvider services, CancellationToken token) => (time, services, token.IsCancellationRequested), "context");

        var result = await tool.Function.InvokeAsync(new AIFunctionArguments { Services = clock }, cancelled.Token);

        Assert.Equal(((TimeProvider)clock, (IServiceProvider)clock, true), result);
    }

    [Fact]
    public async Task Clock_is_the_systems_where_no_service_gives_one() =>
        Assert.Same(TimeProvider.System, await InvokeAsync(ToolFactory.FromMethod((TimeProvider time) => time, "clock"), "{}"));

    [Fact]
    public async Task Result_of_a_task_is_returned_as_it_is() =>
        Assert.Equal("a.txt", await InvokeAsync(ToolFactory.FromMethod(SampleTools.EraseAsync), """{"file_name": "a.txt"}"""));

    [Fact]
    public async Task Methods_own_exception_is_thrown_as_it_is()
    {
        var thrown = new JsonException("mine");
        var tool = ToolFactory.FromMethod(int () => throw thrown, "fails");

        Assert.Same(thrown, await Assert.ThrowsAsync<JsonException>(() => InvokeAsync(tool, "{}")));
    }

    [Fact]
    public void Result_is_written_in_snake_case_and_with_little_escaping() =>
        Assert.Equal(
            """{"degrees_celsius":1.5,"shown_as":"degrees_fahrenheit","text":"21 °C"}""",
            JsonSerializer.Serialize(
                new { DegreesCelsius = 1.5, ShownAs = TemperatureUnit.DegreesFahrenheit, Text = "21 °C" }, ToolJson.Options));

    private static void AssertRefused(string reason, Func<object> make) =>
        Assert.Contains(reason, Assert.Throws<ToolDefinitionException>(make).Message, StringComparison.Ordinal);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Tool Weather() => ToolFactory.FromObject(new SampleTools(), "test").Single(tool => tool.Name == "sample_weather");

    private static async Task<object?> InvokeAsync(Tool tool, string arguments)
    {
        using var document = JsonDocument.Parse(arguments);
        var values = document.RootElement.EnumerateObject().ToDictionary(property => property.Name, property => (object?)property.Value);
        return await tool.Function.InvokeAsync(new AIFunctionArguments(values), Token);
    }

    private static Task<int> NotFoundAsyncPageAsync() => Task.FromResult(404);

    private static async IAsyncEnumerable<int> Count()
    {
        await Task.Yield();
        yield return 1;
    }

    private static void Swap(ref int left) => left++;

    private sealed class WithHiddenTool
    {
        [Tool("hidden")]
        internal int Hidden() => GetHashCode();
    }

    private sealed class NegativeTimeout
    {
        [Tool("negative", TimeoutSeconds = -1)]
        public static int Get() => 1;
    }

    private sealed class NoTimeout
    {
        [Tool("no_number", TimeoutSeconds = double.NaN)]
        public static int Get() => 1;
    }

    private sealed class EndlessTimeout
    {
        [Tool("endless", TimeoutSeconds = 1e9)]
        public static int Get() => 1;
    }

    private sealed class FixedClock : TimeProvider, IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(TimeProvider) ? this : null;
    }
}
