using Microsoft.Extensions.Options;

namespace ToolService.Core.Tools.BuiltIn;

/// <summary>Refuses addresses under <c>BuiltInTools</c> that are not absolute http or https URLs.</summary>
public sealed class BuiltInToolsOptionsValidation : IValidateOptions<BuiltInToolsOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, BuiltInToolsOptions options)
    {
        (string Setting, Uri? Url)[] all =
        [
            (nameof(options.IpAddressUrl), options.IpAddressUrl),
            (nameof(options.IpLocationUrl), options.IpLocationUrl),
            (nameof(options.WeatherAlertsUrl), options.WeatherAlertsUrl),
            (nameof(options.GeocodingUrl), options.GeocodingUrl),
            (nameof(options.WeatherUrl), options.WeatherUrl),
            (nameof(options.WikipediaUrl), options.WikipediaUrl),
        ];
        var failures = all.Where(entry => !IsWeb(entry.Url))
            .Select(entry =>
                $"{BuiltInToolsOptions.Section}:{entry.Setting} '{entry.Url?.OriginalString}' is not an absolute http or https URL.")
            .ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static bool IsWeb(Uri? url) =>
        url is { IsAbsoluteUri: true, UserInfo.Length: 0 } && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps);
}
