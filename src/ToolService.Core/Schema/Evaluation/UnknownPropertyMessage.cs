using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary>The message for a property that the schema does not allow.</summary>
internal static class UnknownPropertyMessage
{
    private const int MaxListed = 10;

    /// <summary>Suggests the free name that was probably meant; otherwise lists what is allowed, where that is short.</summary>
    public static string Of(string name, IEnumerable<string> free, IEnumerable<string> allowed)
    {
        var shown = JsonDisplay.Shorten(name);
        if (NearMiss.Find(name, free) is { } near)
            return $"unknown property '{shown}'; did you mean '{JsonDisplay.Shorten(near)}'?";

        var names = allowed.Take(MaxListed + 1).Select(JsonDisplay.Shorten).ToList();
        return names.Count switch
        {
            0 => $"unknown property '{shown}'; no further properties are allowed",
            <= MaxListed => $"unknown property '{shown}'; allowed are {string.Join(", ", names)}",
            _ => $"unknown property '{shown}'",
        };
    }
}
