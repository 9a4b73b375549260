namespace ToolService.Core.Conversations.Context;

/// <summary>A request that was refused as too long by a provider that did not say how long it may be.</summary>
/// <param name="Model">The configured model that refused it.</param>
/// <param name="Tokens">How many tokens it was taken to have.</param>
public sealed record ContextCeiling(string Model, long Tokens);
