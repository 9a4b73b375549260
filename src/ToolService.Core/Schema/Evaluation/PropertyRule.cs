namespace ToolService.Core.Schema.Evaluation;

/// <summary>What a schema says of one named property.</summary>
/// <param name="Name">The property's name.</param>
/// <param name="Schema">Its schema in <c>properties</c>; null where it is only required.</param>
/// <param name="RequiredIndex">Its place in <c>required</c>; -1 where it is optional.</param>
internal readonly record struct PropertyRule(string Name, SchemaNode? Schema, int RequiredIndex)
{
    /// <summary>The bit that stands for it among at most 64 required ones; none where it is optional.</summary>
    public ulong RequiredBit { get; } = RequiredIndex < 0 ? 0 : 1UL << RequiredIndex;
}
