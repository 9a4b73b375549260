using Microsoft.Extensions.AI;
using ToolService.Core.Conversations;
using ToolService.Core.Tests.Storage;

namespace ToolService.Core.Tests.Conversations;

public class TurnStateTests
{
    [Fact]
    public void Calls_are_in_the_order_in_which_they_were_asked_for_when_a_restart_knew_some_before_others()
    {
        var (first, second, third) = (Samples.Call(Ids.NewCall()), Samples.Call(Ids.NewCall()), Samples.Call(Ids.NewCall()));
        var state = new TurnState(Samples.Turn("turn_1", "sess_1"), log: null!, messages: [], calls: [first, third]);

        state.Note(second);

        Assert.Equal([first, second, third], state.Calls);
    }

    [Fact]
    public void Request_of_a_turn_that_brings_results_is_the_users_last_message_before_it()
    {
        var call = new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("call_1", "look_up")]);
        SessionMessage[] messages =
        [
            At(0, "turn_0", new ChatMessage(ChatRole.User, "Before.")), At(1, "turn_0", new ChatMessage(ChatRole.Assistant, "Yes.")),
            At(2, "turn_1", new ChatMessage(ChatRole.User, "Look it up.")), At(3, "turn_1", call),
            At(4, "turn_2", FunctionCalls.Interrupt(FunctionCalls.In(call))),
        ];

        var state = new TurnState(Samples.Turn("turn_2", "sess_1"), log: null!, messages, calls: []);

        Assert.Equal((4, 2, "Look it up."), (state.FirstOfTurn, state.FirstOfRequest, state.Request));
    }

    private static SessionMessage At(int position, string turnId, ChatMessage message) => new(position, turnId, message, default);
}
