using ToolService.Core.Schema.Evaluation;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Generation;

/// <summary>The objects that a generated verdict refers to, by number.</summary>
internal sealed class VerdictOperands
{
    public List<SchemaNode> Nodes { get; } = [];

    public List<Evaluator> Evaluators { get; } = [];

    public List<PresenceCheck> Triggers { get; } = [];

    public List<NameTable> Names { get; } = [];
}
