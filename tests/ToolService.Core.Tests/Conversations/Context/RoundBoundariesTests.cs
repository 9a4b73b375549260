using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using ToolService.Core.Conversations;
using ToolService.Core.Conversations.Context;

namespace ToolService.Core.Tests.Conversations.Context;

public class RoundBoundariesTests
{
    [Fact]
    public void Call_and_result_are_on_the_same_side_whatever_stands_between_them()
    {
        var round = LongHistories.Round("", ("a", ""));
        ChatMessage[] messages = [new(ChatRole.User, "1"), round, new(ChatRole.User, "2"), LongHistories.Results(round, "x"), new(ChatRole.User, "3")];

        Assert.Equal([1, 4, 5], RoundBoundaries.Of(messages, 0, messages.Length));
    }

    [Fact]
    public void No_cut_of_any_history_makes_a_result_go_missing() =>
        Prop.ForAll(Arb.From(Histories.Any()), history =>
        {
            var whole = new TranscriptRounds(history).Repairs;
            return RoundBoundaries.Of(history, 0, history.Count).All(place =>
                new TranscriptRounds(history.Take(place)).Repairs + new TranscriptRounds(history.Skip(place)).Repairs <= whole);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(12));
}
