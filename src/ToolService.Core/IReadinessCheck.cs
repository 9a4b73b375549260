namespace ToolService.Core;

/// <summary>Something the service cannot work without, asked by <c>GET /health/ready</c>. Register any number in the container.</summary>
public interface IReadinessCheck
{
    /// <summary>What is checked, one snake_case word such as <c>store</c>; clients see it when the check fails.</summary>
    string Name { get; }

    /// <summary>Completes when the part works, and throws when it does not; the exception goes to the log only.</summary>
    Task CheckAsync(CancellationToken cancellationToken);
}
