using Microsoft.Extensions.AI;

namespace ToolService.Core.Conversations.Convergence;

/// <summary>A function under the first sentence of its description.</summary>
internal sealed class OneLineFunction(AIFunction inner) : DelegatingAIFunction(inner)
{
    private const int Longest = 160;

    public override string Description { get; } = FirstSentence(inner.Description);

    /// <summary>The first sentence of a text, or of its first line, cut at a word where it is long.</summary>
    internal static string FirstSentence(string text)
    {
        var line = text.Trim().Split('\n')[0].Trim();
        // A dot within a number, a name or an abbreviation such as "e.g." ends nothing: a capital must follow.
        for (var i = 1; i + 2 < line.Length; i++)
        {
            if (line[i] is '.' or '!' or '?' && line[i + 1] == ' ' && !char.IsLower(line[i + 2]))
            {
                line = line[..(i + 1)];
                break;
            }
        }

        if (line.Length <= Longest)
            return line;
        var end = line.LastIndexOf(' ', Longest - 1);
        return $"{line[..(end > 0 ? end : Longest - 1)]}…";
    }
}
