using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary>The error for a property that the schema requires and the object lacks.</summary>
internal static class MissingProperty
{
    /// <summary>Points at the given name that was probably meant to be the missing one.</summary>
    /// <param name="row">The object.</param>
    /// <param name="keyword">The keyword that requires it.</param>
    /// <param name="name">The missing property's name.</param>
    /// <param name="unknown">The names in the object that the schema does not know.</param>
    /// <param name="sink">Where the error goes.</param>
    public static void Add(int row, Keyword keyword, string name, IEnumerable<string> unknown, ErrorSink sink)
    {
        var property = $"the property '{JsonDisplay.Shorten(name)}'";
        var near = NearMiss.Find(name, unknown);
        var hint = near is null ? "" : $"; is '{JsonDisplay.Shorten(near)}' meant?";
        sink.Add(row, keyword, $"{property} is required and missing{hint}", property, near is null ? "nothing" : $"'{JsonDisplay.Shorten(near)}'");
    }
}
