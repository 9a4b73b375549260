namespace ToolService.Durability;

/// <summary>What is to be done.</summary>
internal sealed record HarnessOptions
{
    /// <summary>The service's program, <c>ToolService.Api.dll</c>.</summary>
    public required string Service { get; init; }

    /// <summary>How many times the service is killed, at least.</summary>
    public int Kills { get; init; } = 400;

    /// <summary>Decides everything that is left to chance.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How many services are killed at the same time.</summary>
    public int Lanes { get; init; } = 2;

    /// <summary>Kill at this point only; null for all of them.</summary>
    public string? Point { get; init; }

    /// <summary>How long turns may take to settle after a restart.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Is told of each kill.</summary>
    public Action<string> Progress { get; init; } = _ => { };
}
