using System.Text.Json;
using System.Text.Json.Nodes;

namespace ToolService.Core.Tests.Execution.Repair;

/// <summary>What models do to arguments that were right.</summary>
internal static class Mistakes
{
    /// <summary>The arguments with one mistake; the same where there is no place for it.</summary>
    /// <param name="root">The arguments, which may change.</param>
    /// <param name="place">Which of the places to take.</param>
    /// <param name="mistake">Which mistake.</param>
    public static JsonNode Make(JsonNode root, int place, int mistake)
    {
        if (root is not JsonObject arguments)
            return root;

        switch (mistake)
        {
            case 0:
                Replace(
                    arguments,
                    place,
                    node => node.GetValueKind() is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False,
                    node => node.ToJsonString());
                return root;
            case 1:
                Replace(arguments, place, node => node is JsonObject or JsonArray, node => node.ToJsonString());
                return root;
            case 2:
                Replace(arguments, place, IsArrayOfScalar, node => node[0]!.DeepClone());
                return root;
            case 3:
                Rename(arguments, place);
                return root;
            case 4:
                return new JsonObject { [place % 2 == 0 ? "arguments" : "params"] = root };
            default:
                return JsonValue.Create(root.ToJsonString());
        }
    }

    // A string that holds a document, taken out of its array, is that document.
    private static bool IsArrayOfScalar(JsonNode node) =>
        node is JsonArray { Count: 1 } items && items[0] is JsonValue item && !(item.TryGetValue<string>(out var text) && text.StartsWith('['));

    private static void Replace(JsonObject root, int place, Predicate<JsonNode> fits, Func<JsonNode, JsonNode> change)
    {
        var found = Nodes(root).Where(node => node != root && fits(node)).ToList();
        if (found.Count > 0)
            found[place % found.Count].ReplaceWith(change(found[place % found.Count]));
    }

    private static void Rename(JsonObject root, int place)
    {
        var members = Nodes(root).OfType<JsonObject>().SelectMany(parent => parent.Select(member => (parent, member.Key))).ToList();
        if (members.Count == 0)
            return;

        var (holder, name) = members[place % members.Count];
        var value = holder[name];
        holder.Remove(name);
        holder[(place % 3) switch { 0 => name.ToUpperInvariant(), 1 => name.Replace('_', '-'), _ => name.Replace("_", "", StringComparison.Ordinal) }] = value;
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Nodes(member.Value)).Prepend(node),
        JsonArray items => items.SelectMany(Nodes).Prepend(node),
        null => [],
        _ => [node],
    };
}
