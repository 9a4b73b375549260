using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary>Which properties or items of one object or array some keyword has evaluated, by their position.</summary>
internal sealed class EvaluatedMarks(JsonRows rows, int row)
{
    private readonly bool[] _marked = new bool[rows.Count(row)];
    private bool _all;

    public bool this[int position] => _all || _marked[position];

    public void Mark(int position) => _marked[position] = true;

    public void MarkFirst(int count) => _marked.AsSpan(0, Math.Min(count, _marked.Length)).Fill(true);

    public void MarkAll() => _all = true;
}
