using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Models.Anthropic;

/// <summary>
/// Writes temperature, top_p and top_k as far as the model takes them: a request with one too many is refused as a whole. Claude takes all
/// of them up to version 4.0, temperature or top_p from 4.1 on, and none from 4.7 on; the API itself takes none from its version 2026-10-21
/// on. Other models, on compatible servers, are taken to take all.
/// </summary>
internal static partial class SamplingSettings
{
    private const string FirstVersionWithout = "2026-10-21";

    /// <summary>What a model takes.</summary>
    public static ModelSampling Allowed(ModelEndpointOptions endpoint, string model)
    {
        if (endpoint.Sampling is not ModelSampling.ByModel)
            return endpoint.Sampling;
        if (string.CompareOrdinal(endpoint.ApiVersion, FirstVersionWithout) >= 0)
            return ModelSampling.None;

        var version = VersionOf(model);
        return version < new Version(4, 1) ? ModelSampling.All : version < new Version(4, 7) ? ModelSampling.One : ModelSampling.None;
    }

    public static void Write(Utf8JsonWriter json, ChatOptions options, ModelSampling allowed)
    {
        if (allowed is ModelSampling.None)
            return;

        if (options.Temperature is { } temperature)
            json.WriteNumber("temperature", temperature);
        if (options.TopP is { } topP && (allowed is ModelSampling.All || options.Temperature is null))
            json.WriteNumber("top_p", topP);
        if (options.TopK is { } topK)
            json.WriteNumber("top_k", topK);
    }

    // `claude-opus-4-7`, `anthropic/claude-sonnet-5`, `claude-opus-4-1-20250805`. Before 4.0 the number comes first: `claude-3-5-haiku`.
    private static Version VersionOf(string model)
    {
        var match = ClaudeVersion().Match(model);
        return match.Success ? new Version(Number(match.Groups["major"]), Number(match.Groups["minor"])) : new Version(0, 0);
    }

    private static int Number(Group group) => group.Success ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        "claude-[a-z]+-(?<major>[0-9]{1,2})([.-](?<minor>[0-9]{1,2}))?(?![0-9])",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ClaudeVersion();
}
