namespace ToolService.Core.Tools.Http.Registration;

/// <summary>Reads what applies to a tool; what its author leaves open is what HTTP says of its method.</summary>
internal static class PolicyReader
{
    private const int MostRetries = 10;
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromHours(1);

    public static ToolPolicy Read(HttpToolDefinition definition, DefinitionErrors errors)
    {
        var (written, annotations) = (definition.Policy ?? new(), definition.Annotations ?? new());
        Check(written, errors);
        var readOnly = annotations.ReadOnly ?? definition.Method is "GET" or "HEAD" or "OPTIONS";
        var policy = new ToolPolicy
        {
            ReadOnly = readOnly,
            Idempotent = annotations.Idempotent ?? (readOnly || definition.Method is "PUT" or "DELETE"),
            Destructive = annotations.Destructive ?? (!readOnly && definition.Method is "PUT" or "DELETE"),
            OpenWorld = annotations.OpenWorld ?? true,
            RequiresConfirmation = written.RequiresConfirmation ?? false,
            Volatile = written.Volatile ?? false,
            Timeout = written.Timeout,
            MaxParallel = written.MaxParallel,
            MaxResultCharacters = written.MaxResultCharacters,
        };
        errors.AddIf(policy is { ReadOnly: true, Destructive: true }, "/annotations", "What is read-only cannot be destructive.");
        return written.MaxRetries is { } retries ? policy with { MaxRetries = retries } : policy;
    }

    private static void Check(HttpToolPolicy policy, DefinitionErrors errors)
    {
        errors.AddIf(
            policy.Timeout <= TimeSpan.Zero || policy.Timeout > LongestTimeout,
            "/policy/timeout", "A timeout is more than zero and at most 01:00:00.");
        errors.AddIf(policy.MaxRetries is < 0 or > MostRetries, "/policy/max_retries", $"Expected 0 to {MostRetries}.");
        errors.AddIf(policy.MaxParallel < 1, "/policy/max_parallel", "Expected at least 1.");
        errors.AddIf(policy.MaxResultCharacters < 1, "/policy/max_result_characters", "Expected at least 1.");
    }
}
