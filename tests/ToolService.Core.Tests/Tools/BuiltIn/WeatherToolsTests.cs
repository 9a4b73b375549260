using ToolService.Core.Tests.Tools.Http;
using ToolService.Core.Tools;
using ToolService.Core.Tools.BuiltIn;

namespace ToolService.Core.Tests.Tools.BuiltIn;

public class WeatherToolsTests
{
    private const string Place = """
        {"results":[{"id":2950159,"name":"Berlin","latitude":52.52437,"longitude":13.41053,"elevation":74.0,"feature_code":"PPLC","country_code":"DE",
         "admin1_id":2950157,"timezone":"Europe/Berlin","population":3426354,"country_id":2921044,"country":"Germany","admin1":"State of Berlin"}],
         "generationtime_ms":0.61}
        """;

    private const string Forecast = """
        {"latitude":52.52,"longitude":13.419998,"generationtime_ms":0.1,"utc_offset_seconds":3600,"timezone":"Europe/Berlin","timezone_abbreviation":"GMT+1",
         "elevation":38.0,"current_units":{"time":"iso8601","temperature_2m":"°C"},
         "current":{"time":"2026-11-20T14:00","interval":900,"temperature_2m":7.3,"apparent_temperature":4.1,"relative_humidity_2m":81,"precipitation":0.00,
          "weather_code":3,"wind_speed_10m":14.8},
         "daily":{"time":["2026-11-20","2026-11-21","2026-11-22"],"weather_code":[61,95,null],"temperature_2m_min":[3.1,2.0,1.5],
          "temperature_2m_max":[8.0,6.5,5.9],"precipitation_probability_max":[70,null,5]}}
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_place_is_found_and_its_weather_returned()
    {
        await using var server = await ServerAsync(Place, Forecast);
        using var http = TestHttp.Local();

        var weather = await new WeatherTools(new(http), TestOptions.All(server.Url)).GetWeatherAsync(" Berlin, Germany ", Cancel);

        Assert.Equal(
            ("Berlin, State of Berlin, Germany", 52.52437, 13.41053, "Europe/Berlin"),
            (weather.Place, weather.Latitude, weather.Longitude, weather.TimeZone));
        Assert.Equal(new CurrentWeather("2026-11-20T14:00", "overcast", 7.3, 4.1, 81, 0, 14.8), weather.Current);
        Assert.Equal(
            [
                new WeatherDay("2026-11-20", "slight rain", 3.1, 8.0, 70),
                new WeatherDay("2026-11-21", "thunderstorm", 2.0, 6.5, null),
                new WeatherDay("2026-11-22", null, 1.5, 5.9, 5),
            ],
            weather.Forecast);
    }

    [Fact]
    public async Task The_services_are_asked_in_their_own_terms()
    {
        await using var server = await ServerAsync(Place, Forecast);
        using var http = TestHttp.Local();

        await new WeatherTools(new(http), TestOptions.All(server.Url)).GetWeatherAsync("São Paulo & more", Cancel);

        Assert.Equal("/geocoding?name=S%C3%A3o%20Paulo%20%26%20more&count=1&language=en&format=json", server.Requests[0]);
        Assert.StartsWith(
            "/forecast?apikey=k&latitude=52.52437&longitude=13.41053&current=temperature_2m,",
            Uri.UnescapeDataString(server.Requests[1]),
            StringComparison.Ordinal);
        Assert.EndsWith("&timezone=auto&forecast_days=3", server.Requests[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_that_nobody_knows_is_a_failure_that_says_what_helps()
    {
        await using var server = await ServerAsync("""{"generationtime_ms":0.5}""", Forecast);
        using var http = TestHttp.Local();

        var failure = await Assert.ThrowsAsync<ToolException>(() => new WeatherTools(new(http), TestOptions.All(server.Url)).GetWeatherAsync("Xyzzy", Cancel));

        Assert.Equal("No place called 'Xyzzy' was found; try its English name, or add the country after a comma.", failure.Message);
    }

    [Fact]
    public async Task A_forecast_without_the_present_is_a_failure()
    {
        await using var server = await ServerAsync(Place, "{}");
        using var http = TestHttp.Local();

        await Assert.ThrowsAsync<ToolException>(() => new WeatherTools(new(http), TestOptions.All(server.Url)).GetWeatherAsync("Berlin", Cancel));
    }

    [Fact]
    public async Task Days_with_missing_lists_are_returned_as_far_as_known()
    {
        await using var server = await ServerAsync(Place, """{"current":{"weather_code":123},"daily":{"time":["2026-11-20"]}}""");
        using var http = TestHttp.Local();

        var weather = await new WeatherTools(new(http), TestOptions.All(server.Url)).GetWeatherAsync("Berlin", Cancel);

        Assert.Equal("weather code 123", weather.Current.Conditions);
        Assert.Equal([new WeatherDay("2026-11-20", null, null, null, null)], weather.Forecast);
    }

    private static Task<LocalServer> ServerAsync(string place, string forecast) =>
        LocalServer.StartAsync(context => LocalServer.AnswerAsync(context, context.Request.Path == "/geocoding" ? place : forecast));
}
