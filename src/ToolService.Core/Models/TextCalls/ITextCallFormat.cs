namespace ToolService.Core.Models.TextCalls;

/// <summary>One way in which models write tool calls as text.</summary>
internal interface ITextCallFormat
{
    /// <summary>Its name in the settings.</summary>
    string Name { get; }

    /// <summary>What its blocks begin with.</summary>
    IReadOnlyList<TextCallMarker> Markers { get; }

    /// <summary>Whether its markers are so common in other text that only calls to tools that are on offer count.</summary>
    bool NeedsOfferedTool => false;

    /// <summary>Reads one block, from behind its marker to its end.</summary>
    /// <param name="cursor">Stands behind the marker; afterwards behind the block.</param>
    /// <param name="marker">The marker.</param>
    /// <param name="block">Is given what the block holds.</param>
    /// <returns>
    /// Whether there is such a block. If not, <see cref="TextCursor.Starved"/> tells whether one may have begun. What was looked at
    /// decides, and never what follows: so a stream gives the same as the whole text.
    /// </returns>
    bool TryRead(ref TextCursor cursor, string marker, TextBlock block);

    /// <summary>Writes calls as the model should have written them.</summary>
    string Write(IReadOnlyList<TextPiece.Call> calls);
}
