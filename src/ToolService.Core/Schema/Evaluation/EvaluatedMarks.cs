using System.Text.Json;

namespace ToolService.Core.Schema.Evaluation;

/// <summary>Which properties or items of one instance some keyword has evaluated, by their position.</summary>
internal sealed class EvaluatedMarks(JsonElement instance)
{
    private readonly bool[] _marked = new bool[instance.ValueKind == JsonValueKind.Object ? instance.GetPropertyCount()
        : instance.GetArrayLength()];
    private bool _all;

    public bool this[int position] => _all || _marked[position];

    public void Mark(int position) => _marked[position] = true;

    public void MarkFirst(int count) => _marked.AsSpan(0, Math.Min(count, _marked.Length)).Fill(true);

    public void MarkAll() => _all = true;
}
