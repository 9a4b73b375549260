using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.AI;
using ToolService.Core.Tools;

namespace ToolService.Core.Tests.Tools;

internal enum TemperatureUnit
{
    Celsius,
    DegreesFahrenheit,
}

internal sealed record GeoPoint([property: Range(-90, 90)] double Latitude, double Longitude, string? PlaceName = null);

internal sealed record TreeNode(string NodeName, TreeNode[]? ChildNodes = null);

internal sealed record Reading(double DegreesCelsius, TemperatureUnit ShownAs, TemperatureUnit? Fallback, string From);

/// <summary>Methods with every kind of parameter that a tool may have.</summary>
internal sealed class SampleTools(string from = "here")
{
    [Tool("sample_weather", ReadOnly = true, OpenWorld = true, TimeoutSeconds = 1.5, Tags = ["weather"])]
    [Description("Says how warm it is.")]
    public Reading GetWeather(
        [Description("Where.")] GeoPoint place,
        TemperatureUnit shownAs = TemperatureUnit.DegreesFahrenheit,
        [Range(1, 16)] int forecastDays = 3,
        TemperatureUnit? fallbackUnit = TemperatureUnit.Celsius,
        string[]? extraFields = null,
        TimeProvider? clock = null,
        IServiceProvider? services = null,
        AIFunctionArguments? raw = null,
        CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        object?[] given = [clock, services, raw];
        var supplied = given.Count(value => value is not null);
        return new(place.Latitude + forecastDays, shownAs, fallbackUnit, $"{from}, {supplied} supplied, {extraFields?.Length}");
    }

    [Tool("sample_static", Destructive = true, RequiresConfirmation = true)]
    public static Task<string> EraseAsync(string fileName) => Task.FromResult(fileName);

    public string NotATool() => from;
}
