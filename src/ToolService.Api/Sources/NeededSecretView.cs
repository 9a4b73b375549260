namespace ToolService.Api.Sources;

/// <summary>A secret that imported tools send.</summary>
/// <param name="Name">Its name: the operator defines it as the setting <c>Secrets:NAME</c>.</param>
/// <param name="Known">Whether it is defined. Operations whose secret is not are skipped.</param>
/// <param name="Description">What it is to hold.</param>
public sealed record NeededSecretView(string Name, bool Known, string? Description);
