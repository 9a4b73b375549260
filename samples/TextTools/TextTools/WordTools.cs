using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.Extensions.AI;
using ToolService.Core.Tools;

namespace TextTools;

/// <summary>Counting words.</summary>
public sealed class WordTools
{
    [Tool("count_words", ReadOnly = true, Idempotent = true, Tags = ["text"])]
    [Description("Counts the words of a text.")]
    public WordCount CountWords(
        [Description("The text.")]
        [MinLength(1)]
        [MaxLength(100_000)]
        string text,
        [Description("Words with fewer letters are not counted.")]
        [Range(1, 50)]
        int minLength = 1)
    {
        var words = Words(text).Where(word => word.Length >= minLength).ToList();
        return new WordCount(
            words.Count,
            words.Distinct(StringComparer.OrdinalIgnoreCase).Count(),
            words.MaxBy(word => word.Length));
    }

    [Tool("chart_words", ReadOnly = true, Idempotent = true, Tags = ["text"])]
    [Description("Draws how many words each of several texts has, as bars.")]
    public ToolContent ChartWords(
        [Description("The texts.")]
        [Length(1, 100)]
        string[] texts,
        AIFunctionArguments call,
        CancellationToken cancellationToken)
    {
        var svg = new StringBuilder("<svg xmlns='http://www.w3.org/2000/svg'>");
        for (var i = 0; i < texts.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            svg.Append($"<rect y='{i * 12}' width='{Words(texts[i]).Count()}' height='10'/>");
            call.Running()?.Report(new ToolProgress(i + 1, texts.Length, "counting"));
        }

        svg.Append("</svg>");
        return new ToolContent(
        [
            ContentBlock.OfText($"A bar for each of {texts.Length} texts."),
            ContentBlock.OfImage(Encoding.UTF8.GetBytes(svg.ToString()), "image/svg+xml"),
        ]);
    }

    private static IEnumerable<string> Words(string text) =>
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.Trim('.', ',', ';', ':', '!', '?', '"', '(', ')'))
            .Where(word => word.Length > 0);
}
