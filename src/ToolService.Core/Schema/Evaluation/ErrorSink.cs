using System.Globalization;
using System.Text;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary>
/// Gathers errors, knows where in the instance evaluation is, and puts the errors in the order of the document at the end.
/// </summary>
internal sealed class ErrorSink
{
    private const int LeastOfBranch = 100;

    private readonly JsonIndex _instance;
    private readonly int _maxErrors;
    private readonly List<int> _path;
    private readonly List<(int Row, int Depth, SchemaError Error)> _errors = [];
    private int _pointerCharacters;

    public ErrorSink(JsonIndex instance, int maxErrors)
        : this(instance, maxErrors, [])
    {
    }

    private ErrorSink(JsonIndex instance, int maxErrors, List<int> path) => (_instance, _maxErrors, _path) = (instance, maxErrors, path);

    /// <summary>All errors so far, also those beyond the listed ones.</summary>
    public int Count { get; private set; }

    private bool HasRoom => _errors.Count < _maxErrors && _pointerCharacters < SchemaLimits.MaxPointerCharacters;

    /// <summary>How deep in the instance evaluation is.</summary>
    public int Depth => _path.Count;

    /// <summary>The listed errors with their depth in the instance.</summary>
    public IEnumerable<(SchemaError Error, int Depth)> Listed => _errors.Select(entry => (entry.Error, entry.Depth));

    /// <summary>Enters the property whose name is in this row.</summary>
    public void PushProperty(int nameRow) => _path.Add(nameRow);

    /// <summary>Enters the item at this position.</summary>
    public void PushItem(int position) => _path.Add(~position);

    public void Pop() => _path.RemoveAt(_path.Count - 1);

    /// <summary>
    /// A sink at the same place, for a branch whose errors may not count. Its list is read to judge the branch, so that it must not be
    /// as short as the caller wants theirs.
    /// </summary>
    public ErrorSink Branch() => new(_instance, Math.Max(_maxErrors, LeastOfBranch), _path);

    /// <summary>Takes over a branch's errors.</summary>
    public void Add(ErrorSink branch)
    {
        Count += branch.Count;
        foreach (var entry in branch._errors.TakeWhile(_ => HasRoom))
            List(entry);
    }

    /// <summary>
    /// Counts an error that would not be listed any more, so that its message need not be made; false where there is room.
    /// </summary>
    public bool TryCountUnlisted()
    {
        if (HasRoom)
            return false;
        Count++;
        return true;
    }

    /// <summary>Adds that the value does not meet an expectation.</summary>
    public void Add(int row, Keyword keyword, Expectation expectation, string hint = "")
    {
        if (TryCountUnlisted())
            return;
        var got = JsonDisplay.Describe(_instance.Rows.Raw(row));
        Add(row, keyword, $"{expectation}, got {got}{hint}", expectation.What, got);
    }

    /// <summary>Adds an error at the current place.</summary>
    public void Add(int row, Keyword keyword, string message, string expected, string got)
    {
        if (!TryCountUnlisted())
        {
            Count++;
            var pointer = JsonDisplay.Cut(Pointer(), SchemaLimits.MaxPointerCharacters);
            List((row, Depth, new SchemaError(pointer, keyword.Name, message, keyword.Pointer, expected, got)));
        }
    }

    /// <summary>The errors in document order, then one that counts those left out.</summary>
    public List<SchemaError> ToErrors()
    {
        List<SchemaError> errors = [.. _errors.OrderBy(entry => entry.Row).Select(entry => entry.Error)];
        if (Count > errors.Count)
        {
            var rest = Count - errors.Count;
            errors.Add(new SchemaError("", "", $"{JsonDisplay.Count(rest, "more error is", "more errors are")} not listed", "") { Unlisted = rest });
        }

        return errors;
    }

    private void List((int Row, int Depth, SchemaError Error) entry)
    {
        _errors.Add(entry);
        _pointerCharacters += entry.Error.Pointer.Length;
    }

    private string Pointer()
    {
        var pointer = new StringBuilder();
        foreach (var step in _path)
        {
            pointer.Append('/');
            if (step < 0)
                pointer.Append(CultureInfo.InvariantCulture, $"{~step}");
            else
                pointer.Append(_instance.Rows.Text(step).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
        }

        return pointer.ToString();
    }
}
