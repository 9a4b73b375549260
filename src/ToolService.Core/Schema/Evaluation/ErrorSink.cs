using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary>
/// Gathers errors, knows where in the instance evaluation is, and puts the errors in the order of the document at the end.
/// </summary>
internal sealed class ErrorSink
{
    private readonly JsonElement _root;
    private readonly List<(JsonProperty Property, int Index)> _path;
    private readonly List<(nint Offset, int Depth, SchemaError Error)> _errors = [];

    public ErrorSink(JsonElement root)
        : this(root, [])
    {
    }

    private ErrorSink(JsonElement root, List<(JsonProperty, int)> path) => (_root, _path) = (root, path);

    /// <summary>All errors so far, also those beyond the listed ones.</summary>
    public int Count { get; private set; }

    /// <summary>How deep in the instance evaluation is.</summary>
    public int Depth => _path.Count;

    /// <summary>The listed errors with their depth in the instance.</summary>
    public IEnumerable<(SchemaError Error, int Depth)> Listed => _errors.Select(entry => (entry.Error, entry.Depth));

    public void Push(JsonProperty property) => _path.Add((property, -1));

    public void Push(int index) => _path.Add((default, index));

    public void Pop() => _path.RemoveAt(_path.Count - 1);

    /// <summary>A sink at the same place, for a branch whose errors may not count.</summary>
    public ErrorSink Branch() => new(_root, _path);

    /// <summary>Takes over a branch's errors.</summary>
    public void Add(ErrorSink branch)
    {
        Count += branch.Count;
        _errors.AddRange(branch._errors.Take(SchemaLimits.MaxErrors - _errors.Count));
    }

    /// <summary>
    /// Counts an error that would not be listed any more, so that its message need not be made; false where there is room.
    /// </summary>
    public bool TryCountUnlisted()
    {
        if (_errors.Count < SchemaLimits.MaxErrors)
            return false;
        Count++;
        return true;
    }

    /// <summary>Adds an error at the current place.</summary>
    public void Add(JsonElement instance, Keyword keyword, string message)
    {
        Count++;
        if (_errors.Count < SchemaLimits.MaxErrors)
            _errors.Add((Offset(instance), Depth, new SchemaError(Pointer(), keyword.Name, message, keyword.Pointer)));
    }

    /// <summary>The errors in document order, then one that counts those left out.</summary>
    public List<SchemaError> ToErrors()
    {
        List<SchemaError> errors = [.. _errors.OrderBy(entry => entry.Offset).Select(entry => entry.Error)];
        if (Count > errors.Count)
        {
            var rest = JsonDisplay.Count(Count - errors.Count, "more error is", "more errors are");
            errors.Add(new SchemaError("", "", $"{rest} not listed", ""));
        }

        return errors;
    }

    /// <summary>Where the value stands in the document: its raw bytes are a slice of the root's.</summary>
    private nint Offset(JsonElement instance) => Unsafe.ByteOffset(
        ref MemoryMarshal.GetReference(JsonMarshal.GetRawUtf8Value(_root)),
        ref MemoryMarshal.GetReference(JsonMarshal.GetRawUtf8Value(instance)));

    private string Pointer()
    {
        var pointer = new StringBuilder();
        foreach (var (property, index) in _path)
        {
            pointer.Append('/');
            if (index >= 0)
                pointer.Append(CultureInfo.InvariantCulture, $"{index}");
            else
                pointer.Append(JsonText.Decode(PropertyName.Raw(property)).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
        }

        return pointer.ToString();
    }
}
