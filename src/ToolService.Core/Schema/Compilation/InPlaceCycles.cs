using ToolService.Core.Schema.Evaluation;

namespace ToolService.Core.Schema.Compilation;

/// <summary>
/// Schemas that lead back to themselves without going into the instance would never end; very long chains of them are of no use
/// either.
/// </summary>
internal static class InPlaceCycles
{
    private const int MaxHeight = 256;
    private const int Open = 0;

    /// <exception cref="JsonSchemaException">There is a cycle, or a chain of more than 256 schemas for one value.</exception>
    public static void Refuse(IEnumerable<SchemaNode> nodes)
    {
        var heights = new Dictionary<SchemaNode, int>();
        foreach (var node in nodes)
            Visit(node, heights);
    }

    private static void Visit(SchemaNode start, Dictionary<SchemaNode, int> heights)
    {
        if (heights.ContainsKey(start))
            return;

        var path = new Stack<(SchemaNode Node, List<SchemaNode> Branches, int Next)>();
        Enter(start);
        while (path.TryPop(out var frame))
        {
            if (frame.Next == frame.Branches.Count)
            {
                heights[frame.Node] = 1 + frame.Branches.Select(branch => heights[branch]).DefaultIfEmpty().Max();
                if (heights[frame.Node] > MaxHeight)
                    throw new JsonSchemaException(
                        frame.Node.Pointer, $"More than {MaxHeight} schemas apply to one value through each other; shorten the chain.");
                continue;
            }

            var branch = frame.Branches[frame.Next];
            path.Push(frame with { Next = frame.Next + 1 });
            if (!heights.TryGetValue(branch, out var height))
                Enter(branch);
            else if (height == Open)
                throw new JsonSchemaException(
                    branch.Pointer, "The schema refers back to itself for the same value and would never end; put a property or item between.");
        }

        void Enter(SchemaNode node)
        {
            heights[node] = Open;
            path.Push((node, [.. node.InPlaceApplicators.SelectMany(applicator => applicator.Branches).Distinct()], 0));
        }
    }
}
