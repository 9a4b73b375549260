using Microsoft.Extensions.Options;

namespace ToolService.Core.Tools;

/// <summary>Checks the settings under <c>Tools</c>, so that the service does not start with rules that do not hold.</summary>
internal sealed class ToolsOptionsValidator : IValidateOptions<ToolsOptions>
{
    private const int MostRetries = 10;

    public ValidateOptionsResult Validate(string? name, ToolsOptions options)
    {
        string[] failures =
        [
            .. Patterns(nameof(options.Allowed), options.Allowed),
            .. Patterns(nameof(options.Denied), options.Denied),
            .. Patterns(nameof(options.RequireConfirmation), options.RequireConfirmation),
            .. options.Policies.SelectMany(policy => Policy(policy.Key, policy.Value)),
        ];
        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Patterns(string list, List<string> patterns)
    {
        for (var i = 0; i < patterns.Count; i++)
        {
            if (PatternFailure(patterns[i]) is { } failure)
                yield return $"{ToolsOptions.Section}:{list}:{i}: {failure}";
        }
    }

    private static string? PatternFailure(string pattern)
    {
        try
        {
            ToolPatterns.Parse([pattern]);
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    private static IEnumerable<string> Policy(string tool, ToolPolicyOptions policy)
    {
        var setting = $"{ToolsOptions.Section}:Policies:{tool}";
        if (tool.Contains('*'))
            yield return $"{setting} must name one tool: patterns are not for policies.";
        if (policy.Timeout is { } timeout && timeout <= TimeSpan.Zero)
            yield return $"{setting}:Timeout must be positive, is {timeout}.";
        if (policy.Timeout > TimeSpan.FromDays(1))
            yield return $"{setting}:Timeout must be at most 1.00:00:00 (a day), is {policy.Timeout}.";
        if (policy.MaxRetries is < 0 or > MostRetries)
            yield return $"{setting}:MaxRetries must be from 0 to {MostRetries}, is {policy.MaxRetries}.";
        if (policy.MaxParallel < 1)
            yield return $"{setting}:MaxParallel must be at least 1, is {policy.MaxParallel}.";
        if (policy.MaxResultCharacters < 1)
            yield return $"{setting}:MaxResultCharacters must be at least 1, is {policy.MaxResultCharacters}.";
        if (policy is { ReadOnly: true, Destructive: true })
            yield return $"{setting}: ReadOnly and Destructive cannot both be true.";
    }
}
