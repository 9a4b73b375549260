namespace ToolService.Api.Health;

/// <summary>That the service works.</summary>
/// <param name="Status">Always <c>healthy</c>; a service that is not answers 503 with a problem.</param>
/// <param name="ToolsCount">How many tools there are; only at <c>/health</c>.</param>
/// <param name="Stopped">True while the operator has stopped the service: it is healthy and runs nothing. Absent otherwise.</param>
public sealed record HealthStatus(string Status, int? ToolsCount = null, bool? Stopped = null)
{
    /// <summary>What a service that works says.</summary>
    public const string Healthy = "healthy";
}
