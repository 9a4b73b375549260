using Microsoft.Extensions.AI;

namespace ToolService.Core.Models;

/// <summary>What a model's tokens cost, in a currency of the operator's choice.</summary>
/// <param name="Input">A million tokens read.</param>
/// <param name="CachedInput">A million tokens read that the provider had in its cache.</param>
/// <param name="Output">A million tokens written.</param>
public sealed record ModelPrices(double Input, double CachedInput, double Output)
{
    private const double Unit = 1_000_000;

    /// <summary>What a request cost.</summary>
    public double Of(UsageDetails usage)
    {
        var read = usage.InputTokenCount ?? 0;
        var cached = Math.Min(usage.CachedInputTokenCount ?? 0, read);
        return (((read - cached) * Input) + (cached * CachedInput) + ((usage.OutputTokenCount ?? 0) * Output)) / Unit;
    }
}
