namespace ToolService.Core.Tools.Http.Registration;

/// <summary>What a tool does; what is not said is what HTTP says of its method.</summary>
public sealed record HttpToolAnnotations
{
    /// <summary>It changes nothing. Default: GET, HEAD and OPTIONS.</summary>
    public bool? ReadOnly { get; init; }

    /// <summary>Twice is the same as once. Default: all methods but POST and PATCH.</summary>
    public bool? Idempotent { get; init; }

    /// <summary>It may overwrite or delete. Default: PUT and DELETE.</summary>
    public bool? Destructive { get; init; }

    /// <summary>It reaches systems outside this service. Default true.</summary>
    public bool? OpenWorld { get; init; }
}
