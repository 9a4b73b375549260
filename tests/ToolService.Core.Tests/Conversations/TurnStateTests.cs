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
}
