namespace ToolService.Core.Tools.Commands;

/// <summary>One entry of the list of commands that may be run, or may not.</summary>
internal sealed class CommandRule
{
    private const string AnyNumber = "...";

    private readonly string _command;
    private readonly string[]? _patterns;

    public CommandRule(CommandRuleOptions options)
    {
        _command = options.Command;
        _patterns = options.Arguments.Count == 0 ? null : [.. options.Arguments];
    }

    /// <summary>Whether it means this command. Takes time bounded by the product of both lengths.</summary>
    public bool Matches(IReadOnlyList<string> command) =>
        command[0] == _command
        && (_patterns is null || Glob.Matches<string, string>(_patterns, [.. command.Skip(1)], part => part == AnyNumber, Matches));

    public override string ToString() => _patterns is null ? _command : $"{_command} {string.Join(' ', _patterns)}";

    private static bool Matches(string pattern, string argument) =>
        Glob.Matches<char, char>(pattern, argument, part => part == '*', (part, character) => part == character);
}
