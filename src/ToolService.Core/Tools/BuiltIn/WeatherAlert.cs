namespace ToolService.Core.Tools.BuiltIn;

/// <summary>One warning, its texts shortened.</summary>
internal sealed record WeatherAlert(
    string? Event,
    string? Severity,
    string? Urgency,
    string? Headline,
    string? Area,
    string? Begins,
    string? Ends,
    string? Description,
    string? Instruction);
