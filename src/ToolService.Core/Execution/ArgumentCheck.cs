using ToolService.Core.Execution.Repair;
using ToolService.Core.Tools;

namespace ToolService.Core.Execution;

/// <summary>
/// Everything that arguments must satisfy before a person is asked and before a tool runs, and when two are the same. What is repaired is
/// checked as if it had been sent so; what cannot be repaired whole is refused as it was sent, for its own faults.
/// </summary>
internal sealed class ArgumentCheck(ArgumentOptions options, RepairOptions repair)
{
    private readonly ArgumentReader _reader = new(options);

    /// <inheritdoc cref="ArgumentReader.ForRecord"/>
    public string ForRecord(string text) => _reader.ForRecord(text);

    /// <summary>Checks a call's arguments, repaired where the tool's policy and the call's origin allow it.</summary>
    public CheckedArguments Check(Tool tool, ToolCall call, CallOrigin origin) =>
        call.IsCutOff
            ? new CheckedArguments(call.Arguments, default, [], ToolErrors.CutOff)
            : Check(tool, call.Arguments, repair.AppliesTo(tool, origin));

    /// <summary>Parses, sanitises and validates arguments for a tool, as every call's are.</summary>
    public CheckedArguments Check(Tool tool, string text, bool repairs)
    {
        var sent = Read(text, []);
        var read = sent.Error is not null && repairs ? Mend(text) : sent;
        if (read.Error is not null)
            return sent;
        if (tool.Schema.IsValid(read.Value))
            return read;
        if (Fit(tool, read, repairs) is { } fitting)
            return fitting;
        return sent.Error is null ? sent with { Error = ToolErrors.Invalid(tool, tool.Schema.Validate(sent.Value)) } : sent;
    }

    /// <summary>The JSON object as which a call's text is read that is not one; null where the call is refused.</summary>
    public string? Mended(Tool tool, ToolCall call, CallOrigin origin) =>
        Check(tool, call, origin).Error is null ? Mend(call.Arguments).Text : null;

    /// <summary>The arguments as they are recorded when the call runs: repaired, without what is stripped.</summary>
    public string AsRun(ToolCall call, ToolCatalog catalog)
    {
        var checkedArguments = catalog.FindInTurn(call.ToolName) is { } tool
            ? Check(tool, call.Arguments, repairs: true)
            : Read(call.Arguments, []);
        return checkedArguments.Error is null ? checkedArguments.Text : ForRecord(call.Arguments);
    }

    /// <summary>Whether two calls ask for the same.</summary>
    public bool AreSame(ToolCall first, ToolCall second, ToolCatalog catalog) =>
        first.ToolName == second.ToolName
        && (ArgumentReader.AreEqual(ForRecord(first.Arguments), ForRecord(second.Arguments))
            || ArgumentReader.AreEqual(AsRun(first, catalog), AsRun(second, catalog)));

    private CheckedArguments Read(string text, IReadOnlyList<ToolRepair> repairs)
    {
        var error = _reader.TryParse(ref text, out var value) ?? _reader.Sanitize(ref text, ref value);
        return new CheckedArguments(text, value, repairs, error);
    }

    private CheckedArguments Mend(string text)
    {
        List<ToolRepair> repairs = [];
        return Read(TextRepair.TryRepair(text, options.MaxDepth, repairs) ?? text, repairs);
    }

    /// <summary>Changes arguments that violate the schema into those that satisfy it; null where that cannot be done.</summary>
    private CheckedArguments? Fit(Tool tool, CheckedArguments read, bool repairs)
    {
        List<ToolRepair> made = [.. read.Repairs];
        var given = OptionalNulls.Remove(read.Value, tool.InputSchema, made);
        if (!tool.Schema.IsValid(given))
        {
            if (!repairs || read.Text.Length > RepairLimits.MaxCharacters || ValueRepair.TryRepair(tool, given, options.MaxDepth, made) is not { } found)
                return null;
            given = found;
        }

        // What was within strings was not looked at yet.
        var fitting = Read(given.GetRawText(), made);
        return fitting.Error is null && tool.Schema.IsValid(fitting.Value) ? fitting : null;
    }
}
