using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using ToolService.Core.Tools.Sandbox.Files;

namespace ToolService.Core.Tools.Commands;

/// <summary>Checks the settings under <c>Commands</c>, so that the service does not start with rules or tools that do not hold.</summary>
internal sealed class CommandOptionsValidation : IValidateOptions<CommandOptions>
{
    public ValidateOptionsResult Validate(string? name, CommandOptions options)
    {
        string[] failures =
        [
            .. Groups(options),
            .. Rules(nameof(options.Allow), options.Allow),
            .. Rules(nameof(options.Deny), options.Deny),
            .. options.Tools.SelectMany(tool => Tool(tool.Value).Select(failure =>
                $"{CommandOptions.Section}:{nameof(options.Tools)}:{tool.Key}{failure}")),
        ];
        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Groups(CommandOptions options)
    {
        for (var i = 0; i < options.Enabled.Count; i++)
        {
            if (!CommandGroups.All.Contains(options.Enabled[i], StringComparer.OrdinalIgnoreCase))
                yield return $"{CommandOptions.Section}:{nameof(options.Enabled)}:{i} '{options.Enabled[i]}' is none of: "
                    + $"{string.Join(", ", CommandGroups.All)}.";
        }

        var runs = options.Has(CommandGroups.Run);
        if (runs && options.Allow.Count == 0)
            yield return $"{CommandOptions.Section}:{nameof(options.Allow)} must name a command: '{CommandGroups.Run}' is enabled and may run nothing.";
        if (!runs && options.Allow.Count > 0)
            yield return $"{CommandOptions.Section}:{nameof(options.Allow)} has no effect: '{CommandGroups.Run}' is not in "
                + $"{CommandOptions.Section}:{nameof(options.Enabled)}.";
    }

    private static IEnumerable<string> Rules(string list, List<CommandRuleOptions> rules) =>
        rules.Select((rule, i) => (rule, i))
            .Where(entry => string.IsNullOrWhiteSpace(entry.rule.Command))
            .Select(entry => $"{CommandOptions.Section}:{list}:{entry.i}:{nameof(CommandRuleOptions.Command)} is required.");

    private static IEnumerable<string> Tool(CommandToolOptions tool)
    {
        if (string.IsNullOrWhiteSpace(tool.Description))
            yield return ":Description is required: models choose tools by it.";
        if (tool is { ReadOnly: true, Destructive: true })
            yield return ": ReadOnly and Destructive cannot both be true.";
        if (tool.Timeout <= TimeSpan.Zero)
            yield return ":Timeout must be positive.";
        if (PathFailure(tool.WorkingDirectory) is { } path)
            yield return $":WorkingDirectory: {path}";
        foreach (var parameter in tool.Parameters)
        {
            foreach (var failure in Parameter(parameter.Value))
                yield return $":Parameters:{parameter.Key}:{failure}";
        }

        foreach (var variable in tool.Environment.Keys.Where(variable => variable.Length == 0 || variable.Contains('=')))
            yield return $":Environment: '{variable}' is not the name of a variable.";
        foreach (var failure in Command(tool))
            yield return failure;
    }

    private static IEnumerable<string> Parameter(CommandParameterOptions parameter)
    {
        if (!CommandSchema.Types.Contains(parameter.Type))
            yield return $"Type '{parameter.Type}' is none of: {string.Join(", ", CommandSchema.Types)}.";
        if (parameter.Pattern is { } pattern && !IsExpression(pattern))
            yield return $"Pattern '{pattern}' is no regular expression.";
        if ((parameter.Pattern is not null || parameter.Enum.Count > 0) && !parameter.Type.StartsWith("string", StringComparison.Ordinal))
            yield return "Pattern and Enum are for texts; Type must be string or string[].";
    }

    private static string[] Command(CommandToolOptions tool)
    {
        if (tool is { Schema: not null, Parameters.Count: > 0 })
            return [": Schema and Parameters cannot both be given."];

        try
        {
            var command = new CommandTemplate(tool.Command, tool.AllowOptions);
            if (!command.HasFixedProgram)
                return [":Command must begin with a program, and no argument may choose it."];
            var known = Properties(CommandSchema.Of(tool));
            var used = command.Names.Concat(tool.Stdin is { } stdin ? TextTemplate.Parse(stdin).Names : []);
            return [.. used.Concat(tool.AllowOptions).Distinct().Where(name => !known.Contains(name))
                .Select(name => $": there is no argument '{name}'; there {(known.Count == 0 ? "are none" : "is " + string.Join(", ", known))}.")];
        }
        catch (FormatException e)
        {
            return [$": {e.Message}"];
        }
        catch (JsonException e)
        {
            return [$":Schema is no JSON: {e.Message}"];
        }
    }

    private static List<string> Properties(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
            ? [.. properties.EnumerateObject().Select(property => property.Name)]
            : [];

    private static string? PathFailure(string path)
    {
        try
        {
            WorkspacePath.Parse(path);
            return null;
        }
        catch (ToolException e)
        {
            return e.Message;
        }
    }

    private static bool IsExpression(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
