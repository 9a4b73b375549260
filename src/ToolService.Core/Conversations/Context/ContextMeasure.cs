namespace ToolService.Core.Conversations.Context;

/// <summary>What a request cost by its provider's own count, from which the cost of the next one is told.</summary>
/// <param name="Model">The configured model that counted; another one counts otherwise.</param>
/// <param name="Tokens">What it read and wrote.</param>
/// <param name="Weight">The <see cref="RequestWeight"/> of the same.</param>
/// <param name="Ratio">How many tokens one of weight was.</param>
public sealed record ContextMeasure(string Model, double Tokens, double Weight, double Ratio)
{
    // Text that was counted may be unlike the text to come: base64 beside prose.
    private const double LeastRatio = 0.25;
    private const double LargestRatio = 4;

    /// <summary>A request's measure.</summary>
    /// <param name="model">The configured model.</param>
    /// <param name="input">Tokens read.</param>
    /// <param name="output">Tokens written that it will read again.</param>
    /// <param name="weight">The weight of what was read.</param>
    /// <param name="answer">The weight of what was written.</param>
    public static ContextMeasure Of(string model, double input, double output, double weight, double answer) =>
        new(model, input + output, weight + answer, Math.Clamp(input / Math.Max(weight, 1), LeastRatio, LargestRatio));

    /// <summary>What a request of this weight will cost: never less for a heavier one.</summary>
    public double Estimate(double weight) => Math.Max(weight * LeastRatio, Tokens + ((weight - Weight) * Ratio));
}
