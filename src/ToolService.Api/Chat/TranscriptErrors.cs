using ToolService.Api.Hosting.Errors;

namespace ToolService.Api.Chat;

/// <summary>What is wrong with the messages of a request: the first places, for all of them would be no help.</summary>
internal sealed class TranscriptErrors
{
    private const int Most = 20;
    private readonly List<ProblemError> _errors = [];

    /// <summary>Notes a place.</summary>
    public void Add(string pointer, string? keyword, string message)
    {
        if (_errors.Count < Most)
            _errors.Add(new ProblemError(pointer, keyword, message));
    }

    /// <summary>The problem that they are; null where there are none.</summary>
    public ProblemResult? ToProblem() => _errors switch
    {
        [] => null,
        [var only] => Problems.BadRequest("invalid_request", Describe(only), _errors),
        [var first, ..] => Problems.BadRequest(
            "invalid_request", $"{Describe(first)} {(_errors.Count < Most ? "" : "At least ")}{_errors.Count - 1} more in errors.", _errors),
    };

    private static string Describe(ProblemError error) => $"{error.Message} (at {error.Pointer})";
}
