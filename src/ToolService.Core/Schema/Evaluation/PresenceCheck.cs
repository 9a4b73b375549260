using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary>Whether an object has a property of this name.</summary>
internal sealed class PresenceCheck(string name)
{
    private readonly NameTable _names = new([name]);

    /// <summary>The name for messages.</summary>
    public string Shown => JsonDisplay.Shorten(name);

    /// <summary>Looks through the properties, and charges for it: many of these on a large object would be quadratic.</summary>
    public bool IsPresent(int row, ref EvaluationRun run)
    {
        run.Spend(run.Rows.Count(row));
        if (run.IsAborted)
            return false;
        for (var at = row + 1; at < run.Rows.End(row); at = run.Rows.Next(at + 1))
        {
            if (_names.Find(run.Rows, at) == 0)
                return true;
        }

        return false;
    }
}
