using System.Text.Json.Serialization;

namespace ToolService.Core.Tools.BuiltIn;

/// <summary>The National Weather Service's GeoJSON.</summary>
internal sealed record NwsAlertsAnswer(IReadOnlyList<NwsAlertsAnswer.Feature>? Features)
{
    internal sealed record Feature(Alert? Properties);

    internal sealed record Alert(
        string? Event,
        string? Severity,
        string? Urgency,
        string? Headline,
        [property: JsonPropertyName("areaDesc")] string? Area,
        string? Onset,
        string? Effective,
        string? Ends,
        string? Expires,
        string? Description,
        string? Instruction);
}
