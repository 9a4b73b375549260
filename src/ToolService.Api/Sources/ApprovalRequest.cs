namespace ToolService.Api.Sources;

/// <summary>Lets a tool be used that is held back.</summary>
public sealed record ApprovalRequest
{
    /// <summary>The hash of the definition that is approved.</summary>
    public required string DefinitionHash { get; init; }
}
