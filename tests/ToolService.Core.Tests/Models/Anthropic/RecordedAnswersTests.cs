namespace ToolService.Core.Tests.Models.Anthropic;

public class RecordedAnswersTests
{
    private static readonly (int Answers, int Errors) Minimum = (110, 2);

    private static RecordedAnswers Recordings => new("anthropic-messages", server => Clients.For(server))
    {
        FinishReason = (recorded, _) => recorded switch
        {
            "end_turn" or "stop_sequence" => "stop",
            "tool_use" => "tool_calls",
            "max_tokens" => "length",
            _ => recorded,
        },
        // The sum of what the cache had a part in and what not, as with other providers.
        Usage = ("input_tokens+cache_creation_input_tokens+cache_read_input_tokens", "output_tokens", null),
    };

    [Fact]
    public Task Client_understands_every_recorded_answer() => Recordings.CheckAsync(Minimum);

    [Fact]
    public Task Client_understands_every_recorded_answer_cut_in_random_pieces() => Recordings.CheckInPiecesAsync(Minimum);
}
