namespace ToolService.Core.Tools.Commands;

/// <summary>What <c>run_command</c> may run.</summary>
internal sealed class CommandRules(CommandOptions options)
{
    private const int MostShown = 30;

    private readonly CommandRule[] _allow = [.. options.Allow.Select(rule => new CommandRule(rule))];
    private readonly CommandRule[] _deny = [.. options.Deny.Select(rule => new CommandRule(rule))];

    /// <summary>What is allowed, for the model.</summary>
    public string Summary
    {
        get
        {
            var shown = string.Join("; ", _allow.Take(MostShown).Select(rule => rule.ToString()));
            return _allow.Length > MostShown ? $"{shown}; and {_allow.Length - MostShown} more" : shown;
        }
    }

    /// <exception cref="ToolException">The command is not allowed, or denied.</exception>
    public void Check(IReadOnlyList<string> command)
    {
        if (Array.Exists(_deny, rule => rule.Matches(command)))
            throw new ToolException("This command is denied here.");
        if (!Array.Exists(_allow, rule => rule.Matches(command)))
            throw new ToolException(
                $"This command is not allowed here. Allowed ('*' is any text, '...' any further arguments): {Summary}.");
    }
}
