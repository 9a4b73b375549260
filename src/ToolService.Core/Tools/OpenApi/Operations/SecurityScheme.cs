using ToolService.Core.Tools.Http.Operations;

namespace ToolService.Core.Tools.OpenApi.Operations;

/// <summary>A security scheme of the document.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="SecretName">The secret that stands for its credentials.</param>
/// <param name="Constant">What requests carry; null where it cannot be used.</param>
/// <param name="Description">What to store as the secret, or why it cannot be used.</param>
internal sealed record SecurityScheme(string Name, string Kind, string SecretName, HttpConstant? Constant, string Description)
{
    public bool IsUsed { get; set; }

    public ImportedSecurityScheme ToImported() =>
        new(Name, Kind) { SecretName = Constant is null ? null : SecretName, Description = Description, IsUsed = IsUsed };
}
