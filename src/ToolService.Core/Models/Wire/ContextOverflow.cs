using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ToolService.Core.Models.Wire;

/// <summary>
/// A request that was longer than what the model can read at once, told from other refusals by the providers' codes and words.
/// </summary>
/// <param name="Window">How many tokens the model can read; null where the provider did not say.</param>
/// <param name="Asked">How many the request had; null where the provider did not say.</param>
internal sealed partial record ContextOverflow(long? Window, long? Asked)
{
    private const int LongestMessage = 2000;
    private const long LeastWindow = 128;
    private const long LargestWindow = 1_000_000_000;

    /// <summary>What an error says of it; null for any other error.</summary>
    public static ContextOverflow? Read(JsonElement error)
    {
        var words = error.Words() ?? "";
        words = words.Length > LongestMessage ? words[..LongestMessage] : words;
        return HasCode(error) || Overflow().IsMatch(words)
            ? new ContextOverflow(
                Sane(error.Number("n_ctx") ?? Number(Windows(), words)),
                Sane(error.Number("n_prompt_tokens") ?? Number(Asks(), words)))
            : null;
    }

    private static bool HasCode(JsonElement error) =>
        error.Text("code") is "context_length_exceeded" || error.Text("type") is "context_length_exceeded" or "exceed_context_size_error";

    private static long? Number(Regex regex, string words) =>
        regex.Match(words) is { Success: true } match
        && long.TryParse(match.Groups["n"].ValueSpan, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static long? Sane(long? number) => number is >= LeastWindow and <= LargestWindow ? number : null;

    [GeneratedRegex(
        """
        prompt\ is\ too\ long | input\ is\ too\ long\ for | prompt\ contains\ .{1,60}\ maximum\ context\ length
        | maximum\ (context|prompt)\ length | (longer|greater)\ than\ the\ (model's\ )?context\ (length|window|size)
        | exceed\w*\ (the\ |model\ |available\ |maximum\ )*context\ (size|window|length|limit)
        | context\ (size|window|length|limit)\ (has\ been\ |is\ |was\ )?exceeded | context\ window\ exceeds
        | input\ token\ count\ .{0,40}exceeds | exceeded\ model\ token\ limit | reduce\ the\ length\ of\ the\ (messages|prompt|input)
        | tokens\ \+\ .?max_new_tokens.?\ must\ be
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Overflow();

    [GeneratedRegex(
        """
        (?:maximum\ (?:context|prompt)\ length\ (?:is|of)\ | tokens\ >\ | \d\ >\ | context\ (?:size|window|length)\ (?:of\ (?:only\ )?)?\(?
        | tokens\ allowed\ \(? | must\ be\ <=\ | model\ token\ limit:\ )(?<n>\d[\d,]*)
        | (?<n>\d[\d,]*)\ maximum\ context\ length
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Windows();

    [GeneratedRegex(
        """
        (?:resulted\ in\ | (?:prompt|request)\ contains\ | (?:request|input|token\ count)\ \( | too\ long:\ | Given:\  | requested:\ )
          (?<n>\d[\d,]*)
        | \((?:about\ )?(?<n>\d[\d,]*)\ (?:in\ the\ messages|in\ your\ prompt|of\ text\ input)
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Asks();
}
