namespace ToolService.Api.Confirmations;

/// <summary>What a person decides.</summary>
public enum DecisionKind
{
    /// <summary>The call runs.</summary>
    Approve,

    /// <summary>It does not.</summary>
    Deny,
}
