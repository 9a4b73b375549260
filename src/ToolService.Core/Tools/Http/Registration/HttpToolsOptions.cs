using System.ComponentModel.DataAnnotations;

namespace ToolService.Core.Tools.Http.Registration;

/// <summary>Bounds of the tools that are registered while the service runs: <c>HttpTools</c>.</summary>
public sealed class HttpToolsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "HttpTools";

    /// <summary>How many there may be. Default 1,000.</summary>
    [Range(0, 100_000)]
    public int MaxTools { get; set; } = 1_000;

    /// <summary>The longest definition, in characters of JSON without spaces. Default 65,536.</summary>
    [Range(1_024, 4_194_304)]
    public int MaxDefinitionCharacters { get; set; } = 65_536;

    /// <summary>How often it is looked whether another replica changed one. Default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromSeconds(10);
}
