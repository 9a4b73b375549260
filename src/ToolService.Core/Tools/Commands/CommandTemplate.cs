using System.Text.Json;

namespace ToolService.Core.Tools.Commands;

/// <summary>
/// A command in which arguments are filled in, each within its own place: none becomes two, and none becomes an option by itself.
/// </summary>
/// <param name="parts">The templates of the program and its arguments.</param>
/// <param name="allowOptions">The arguments that may be options.</param>
internal sealed class CommandTemplate(IEnumerable<string> parts, IEnumerable<string> allowOptions)
{
    private readonly TextTemplate[] _parts = [.. parts.Select(TextTemplate.Parse)];
    private readonly HashSet<string> _allowOptions = [.. allowOptions];

    /// <summary>The arguments that it asks for.</summary>
    public IEnumerable<string> Names => _parts.SelectMany(part => part.Names);

    /// <summary>Whether the program itself is for the operator to say, and not for a call.</summary>
    public bool HasFixedProgram => _parts is [var program, ..] && !program.Names.Any() && program.Parts.Count > 0;

    /// <exception cref="ToolException">A value would be an option.</exception>
    public IReadOnlyList<string> Fill(IReadOnlyDictionary<string, JsonElement> arguments) =>
        [.. _parts.SelectMany(part => Check(part, part.Fill(arguments)))];

    private IReadOnlyList<string> Check(TextTemplate template, IReadOnlyList<string> values)
    {
        if (template.Parts is [{ IsArgument: true, Text: var name }, ..] && !_allowOptions.Contains(name)
            && values.FirstOrDefault(value => value.StartsWith('-')) is not null)
            throw new ToolException($"'{name}' must not begin with '-'; for a file of such a name write './-…'.");
        return values;
    }
}
