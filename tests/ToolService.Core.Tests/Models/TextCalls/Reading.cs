using System.Text;
using System.Text.Json;
using ToolService.Core.Models;
using ToolService.Core.Models.TextCalls;

namespace ToolService.Core.Tests.Models.TextCalls;

/// <summary>What came of a text.</summary>
internal sealed record Reading(string Words, string Thoughts, IReadOnlyList<TextPiece.Call> Calls)
{
    /// <summary>The words after each piece of the text, as a client would have them by then.</summary>
    public IEnumerable<string> Shown => Lengths.Select(length => Words[..length]);

    private IReadOnlyList<int> Lengths { get; init; } = [];

    public static Reading Of(
        IEnumerable<string> pieces, TextCallFormatSet formats, TextTools tools, TextReasoning reasoning = TextReasoning.None)
    {
        var (words, thoughts, calls, lengths) = (new StringBuilder(), new StringBuilder(), new List<TextPiece.Call>(), new List<int>());
        var (thinking, reader) = (new ThoughtReader(reasoning), new TextCallReader(formats, tools));
        foreach (var piece in pieces)
        {
            var (thought, rest) = thinking.Append(piece);
            thoughts.Append(thought);
            Take(reader.Append(rest));
            lengths.Add(words.Length);
        }

        var (lastThought, last) = thinking.Complete();
        thoughts.Append(lastThought);
        Take(reader.Append(last));
        Take(reader.Complete());
        return new Reading(words.ToString(), thoughts.ToString(), calls) { Lengths = lengths };

        void Take(IReadOnlyList<TextPiece> read)
        {
            foreach (var piece in read)
            {
                if (piece is TextPiece.Words { Text: var text })
                    words.Append(text);
                else if (piece is TextPiece.Thought { Text: var inner })
                    thoughts.Append(inner);
                else if (piece is TextPiece.Call call)
                    calls.Add(call);
            }
        }
    }

    /// <summary>Tools without any schema.</summary>
    public static TextTools Offering(params string[] names) =>
        new(names.ToDictionary(name => name, _ => JsonElement.Parse("{}")), onlyOffered: true);

    /// <summary>Cuts a text at random places.</summary>
    public static IEnumerable<string> Cut(string text, Random random, int longest)
    {
        for (var from = 0; from < text.Length;)
        {
            var length = Math.Min(random.Next(1, longest + 1), text.Length - from);
            yield return text.Substring(from, length);
            from += length;
        }
    }

    /// <summary>All that a client sees, on one line each.</summary>
    public string Summary() => string.Join(
        '\n', [$"words: {Words}", $"thoughts: {Thoughts}", .. Calls.Select(call => $"{call.Name} {call.Arguments} from {call.Source}")]);
}
