namespace ToolService.Core.Tests.Models.OpenAIResponses;

public class RecordedAnswersTests
{
    private static readonly (int Answers, int Errors) Minimum = (196, 5);

    private static RecordedAnswers Recordings => new("openai-responses", server => Clients.For(server))
    {
        // The format has one status where others tell a stop from calls; queued are answers that the service never asks for.
        FinishReason = (recorded, hasCalls) => hasCalls ? "tool_calls" : recorded == "completed" ? "stop" : null,
        Usage = ("input_tokens", "output_tokens", "total_tokens"),
        Exceptions = new Dictionary<string, string>
        {
            // Its finished item has no content and its response no output: the words are in the deltas alone.
            ["huggingface-openai-responses-should-handle-streaming-without-usage-02"] = "text: Hi!",
        },
    };

    [Fact]
    public Task Client_understands_every_recorded_answer() => Recordings.CheckAsync(Minimum);

    [Fact]
    public Task Client_understands_every_recorded_answer_cut_in_random_pieces() => Recordings.CheckInPiecesAsync(Minimum);
}
