using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary>The error for a property that the schema does not allow.</summary>
internal static class UnknownProperty
{
    private const int MaxListed = 10;

    /// <summary>Suggests the free name that was probably meant; otherwise lists what is allowed, where that is short.</summary>
    /// <param name="nameRow">The row of the property's name.</param>
    /// <param name="keyword">The keyword that does not allow it.</param>
    /// <param name="free">The allowed names that the object does not have.</param>
    /// <param name="allowed">All allowed names.</param>
    /// <param name="rows">The instance.</param>
    /// <param name="sink">Where the error goes.</param>
    public static void Add(int nameRow, Keyword keyword, IEnumerable<string> free, IEnumerable<string> allowed, JsonRows rows, ErrorSink sink)
    {
        var name = rows.Text(nameRow);
        var shown = JsonDisplay.Shorten(name);
        var names = allowed.Take(MaxListed + 1).Select(JsonDisplay.Shorten).ToList();
        var expected = names.Count switch
        {
            0 => "no further properties",
            <= MaxListed => string.Join(", ", names),
            _ => $"{string.Join(", ", names.Take(MaxListed))} and more",
        };
        var advice = NearMiss.Find(name, free) is { } near
            ? $"did you mean '{JsonDisplay.Shorten(near)}'?"
            : $"{(names.Count == 0 ? $"{expected} are allowed" : $"allowed are {expected}")}";
        sink.Add(nameRow + 1, keyword, $"unknown property '{shown}'; {advice}", expected, $"'{shown}'");
    }
}
