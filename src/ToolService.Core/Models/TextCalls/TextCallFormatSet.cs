using System.Buffers;

namespace ToolService.Core.Models.TextCalls;

/// <summary>The formats that count in an answer, found by how their markers begin.</summary>
internal sealed class TextCallFormatSet
{
    private readonly Dictionary<char, (ITextCallFormat Format, TextCallMarker Marker)[]> _byFirst;

    public TextCallFormatSet(IReadOnlyList<ITextCallFormat> formats)
    {
        _byFirst = formats
            .SelectMany(format => format.Markers.Select(marker => (Format: format, Marker: marker)))
            .GroupBy(entry => entry.Marker.Text[0])
            .ToDictionary(group => group.Key, group => group.ToArray());
        Firsts = SearchValues.Create([.. _byFirst.Keys]);
    }

    /// <summary>The characters with which markers begin.</summary>
    public SearchValues<char> Firsts { get; }

    /// <summary>What begins with this character, in the order in which it is to be tried.</summary>
    public ReadOnlySpan<(ITextCallFormat Format, TextCallMarker Marker)> StartingWith(char first) =>
        _byFirst.TryGetValue(first, out var entries) ? entries : [];
}
