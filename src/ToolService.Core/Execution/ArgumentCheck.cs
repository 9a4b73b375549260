using System.Text.Json;
using ToolService.Core.Tools;

namespace ToolService.Core.Execution;

/// <summary>Everything that arguments must satisfy before a person is asked and before a tool runs, and when two are the same.</summary>
internal sealed class ArgumentCheck(ArgumentOptions options)
{
    private readonly ArgumentReader _reader = new(options);

    /// <inheritdoc cref="ArgumentReader.TryParse"/>
    public ToolError? TryParse(ref string text, out JsonElement arguments) => _reader.TryParse(ref text, out arguments);

    /// <inheritdoc cref="ArgumentReader.ForRecord"/>
    public string ForRecord(string text) => _reader.ForRecord(text);

    /// <summary>Parses, sanitises and validates arguments for a tool, as every call's are; replaces the text by what the tool is given.</summary>
    public ToolError? Check(Tool tool, ref string text, out JsonElement arguments) =>
        TryParse(ref text, out arguments) ?? CheckParsed(tool, ref text, ref arguments);

    /// <summary>The same for arguments that are parsed.</summary>
    public ToolError? CheckParsed(Tool tool, ref string text, ref JsonElement arguments)
    {
        if (_reader.Sanitize(ref text, ref arguments) is { } unclean)
            return unclean;
        if (tool.Schema.IsValid(arguments))
            return null;

        // In OpenAI's strict form every parameter is required, so models write null for what they leave out.
        var given = OptionalNulls.Remove(arguments, tool.InputSchema);
        if (!tool.Schema.IsValid(given))
            return ToolErrors.Invalid(tool, tool.Schema.Validate(arguments));

        (text, arguments) = (given.GetRawText(), given);
        return null;
    }

    /// <summary>The arguments as they are recorded when the call runs: without what is stripped and nulls that mean "not given".</summary>
    public string AsRun(ToolCall call, ToolCatalog catalog)
    {
        var text = call.Arguments;
        if (_reader.TryParse(ref text, out var arguments) is not null || _reader.Sanitize(ref text, ref arguments) is not null)
            return ForRecord(call.Arguments);
        if (catalog.Find(call.ToolName) is { } tool)
            CheckParsed(tool, ref text, ref arguments);
        return text;
    }

    /// <summary>Whether two calls ask for the same.</summary>
    public bool AreSame(ToolCall first, ToolCall second, ToolCatalog catalog) =>
        first.ToolName == second.ToolName
        && (ArgumentReader.AreEqual(ForRecord(first.Arguments), ForRecord(second.Arguments))
            || ArgumentReader.AreEqual(AsRun(first, catalog), AsRun(second, catalog)));
}
