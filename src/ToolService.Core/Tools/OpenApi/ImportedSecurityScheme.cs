namespace ToolService.Core.Tools.OpenApi;

/// <summary>A way in which the API asks callers to prove who they are.</summary>
/// <param name="Name">Its name in the document.</param>
/// <param name="Kind">
/// What it is: <c>apiKey</c>, <c>basic</c>, <c>bearer</c>, <c>oauth2</c>, <c>openIdConnect</c>, or another, which cannot be used.
/// </param>
public sealed record ImportedSecurityScheme(string Name, string Kind)
{
    /// <summary>The secret that its requests carry; null where it cannot be used.</summary>
    public string? SecretName { get; init; }

    /// <summary>What to store as the secret, or why it cannot be used; one sentence for a person.</summary>
    public required string Description { get; init; }

    /// <summary>Whether an imported operation sends the secret.</summary>
    public bool IsUsed { get; init; }
}
