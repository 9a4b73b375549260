namespace ToolService.Core.Tests.Models.OpenAIChat;

public class RecordedAnswersTests
{
    private static readonly (int Answers, int Errors) Minimum = (200, 11);

    private static RecordedAnswers Recordings => new("openai-chat", server => Clients.For(server))
    {
        // The older name of tool_calls; and a server that says stop, or nothing, after tool calls means them.
        FinishReason = (recorded, hasCalls) => hasCalls && recorded is (null or "function_call" or "stop") ? "tool_calls" : recorded,
        Usage = ("prompt_tokens", "completion_tokens", "total_tokens"),
    };

    [Fact]
    public Task Client_understands_every_recorded_answer() => Recordings.CheckAsync(Minimum);

    [Fact]
    public Task Client_understands_every_recorded_answer_cut_in_random_pieces() => Recordings.CheckInPiecesAsync(Minimum);
}
