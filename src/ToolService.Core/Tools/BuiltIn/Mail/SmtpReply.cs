namespace ToolService.Core.Tools.BuiltIn.Mail;

/// <summary>What a mail server said.</summary>
/// <param name="Code">Its three digits.</param>
/// <param name="Lines">Its text.</param>
internal sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    private const int MaxReason = 200;

    public bool IsPositive => Code is >= 200 and < 300;

    /// <summary>The words after a keyword among the lines; null where there is no such line.</summary>
    public string[]? Extension(string keyword) => Lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .FirstOrDefault(words => words.Length > 0 && words[0].Equals(keyword, StringComparison.OrdinalIgnoreCase))?[1..];

    /// <summary>The failure that this answer stands for; nothing was sent then.</summary>
    public ToolException Refusal(string what) => new($"{what}; nothing was sent. It said: {Said}") { Retryable = Code is >= 400 and < 500 };

    /// <summary>The answer in one line.</summary>
    public string Said => Excerpt.Of($"{Code} {string.Join(' ', Lines)}".Trim(), MaxReason);
}
