using System.Net;
using Microsoft.Extensions.Options;

namespace ToolService.Core.Tools.Http;

/// <summary>Refuses settings under <c>Http</c> that cannot work, naming the setting and the value.</summary>
public sealed class HttpOptionsValidation : IValidateOptions<HttpOptions>
{
    private const int LeastBytes = 1_024;
    private const int MostBytes = 100_000_000;
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, HttpOptions options)
    {
        var failures = Failures(options).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Failures(HttpOptions options)
    {
        foreach (var (index, network) in options.AllowPrivateNetworks.Index())
            if (!IPNetwork.TryParse(network, out _))
                yield return $"Http:AllowPrivateNetworks:{index} '{network}' is not a network in CIDR form, such as 10.1.0.0/16.";

        foreach (var (index, ports) in options.AllowedPorts.Index())
            if (!PortRange.TryParse(ports, out _))
                yield return $"Http:AllowedPorts:{index} '{ports}' is neither a port nor a range, such as 443 or 8000-8999.";

        if (options.MaxResponseBytes is < LeastBytes or > MostBytes)
            yield return $"Http:MaxResponseBytes {options.MaxResponseBytes} must be {LeastBytes} to {MostBytes}.";
        if (options.Timeout <= TimeSpan.Zero || options.Timeout > LongestTimeout)
            yield return $"Http:Timeout {options.Timeout} must be more than zero and at most {LongestTimeout}.";
        if (!IsUserAgent(options.UserAgent))
            yield return $"Http:UserAgent '{options.UserAgent}' is not a User-Agent, such as 'MyService/1.0 (me@example.org)'.";
    }

    private static bool IsUserAgent(string? text)
    {
        using var request = new HttpRequestMessage();
        return !string.IsNullOrWhiteSpace(text) && request.Headers.UserAgent.TryParseAdd(text);
    }
}
