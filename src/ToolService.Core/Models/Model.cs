using Microsoft.Extensions.AI;
using ToolService.Core.Models.Resilience;

namespace ToolService.Core.Models;

/// <summary>A configured model, ready for use.</summary>
/// <param name="Name">The name that requests use.</param>
/// <param name="ModelId">Its name at the provider; the demo model says here what it is.</param>
/// <param name="Client">
/// Talks to it. Streams; retries by the service's policy; throws <see cref="ModelException"/> for every failure of the other side. Every
/// <see cref="FunctionCallContent"/> that it returns has the JSON text that the model wrote as its <see cref="AIContent.RawRepresentation"/>
/// (a <see cref="string"/>, <c>{}</c> where the model wrote nothing). A call whose arguments are a JSON object has them in
/// <see cref="FunctionCallContent.Arguments"/> too, as <see cref="System.Text.Json.JsonElement"/>s. Any other call has null there, and
/// <see cref="FunctionCallContent.Exception"/> says, in words that are safe to give to the model, why the text is not one.
/// </param>
public sealed record Model(string Name, string ModelId, IChatClient Client)
{
    /// <summary>The names of the models that answer in its place when it fails, in their order.</summary>
    public IReadOnlyList<string> Fallbacks { get; init; } = [];

    /// <summary>Whether it reads pictures.</summary>
    public bool ReadsImages { get; init; }

    /// <summary>Whether it does what it is told in words; the demo model does not.</summary>
    public bool FollowsInstructions { get; init; } = true;

    /// <summary>Whether the provider can hold it to a JSON Schema.</summary>
    public bool StructuredOutput { get; init; }

    /// <summary>How many tokens it can read and write in one request; null where that is not configured.</summary>
    public int? ContextTokens { get; init; }

    /// <summary>The longest answer where a request does not say, in tokens; null where that is the provider's business.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>What its tokens cost; null where that is not configured.</summary>
    public ModelPrices? Prices { get; init; }

    /// <summary>Whether and when an answer that broke off is asked for again; its client repeats what failed before that.</summary>
    internal RetryPolicy Retries { get; init; } = RetryPolicy.None;
}
