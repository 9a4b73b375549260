using ToolService.Core.Schema.Evaluation;

namespace ToolService.Core.Schema.Compilation;

/// <summary>
/// The schemas that dynamic references may mean, by anchor and resource. The tables are handed out while they are still growing: every
/// document that is read later may have the same anchor.
/// </summary>
internal sealed class DynamicTargets(SchemaIdentifiers identifiers)
{
    private readonly Dictionary<string, Dictionary<SchemaResource, SchemaNode>> _byAnchor = new(StringComparer.Ordinal);

    /// <summary>The table of an anchor, complete once <see cref="Update"/> finds nothing new.</summary>
    public IReadOnlyDictionary<SchemaResource, SchemaNode> Of(string anchor)
    {
        if (!_byAnchor.TryGetValue(anchor, out var targets))
            _byAnchor[anchor] = targets = [];
        return targets;
    }

    /// <summary>Adds the schemas that have been found since; false where there are none.</summary>
    public bool Update(Func<SchemaPlace, SchemaNode> compile)
    {
        var isNew = false;
        foreach (var (anchor, targets) in _byAnchor)
        {
            foreach (var place in identifiers.FindDynamicAnchors(anchor).Skip(targets.Count))
            {
                targets.Add(place.Resource, compile(place));
                place.Resource.IsDynamicScope = true;
                isNew = true;
            }
        }

        return isNew;
    }
}
