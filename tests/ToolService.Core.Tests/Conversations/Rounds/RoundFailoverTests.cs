using Microsoft.Extensions.Logging.Abstractions;
using ToolService.Core.Conversations;
using ToolService.Core.Conversations.Rounds;
using ToolService.Core.Models;
using ToolService.Core.Models.Demo;
using ToolService.Core.Tests.Storage;

namespace ToolService.Core.Tests.Conversations.Rounds;

public class RoundFailoverTests
{
    [Theory]
    [InlineData("main", null, "main")]
    [InlineData("main", "spare", "spare")]
    [InlineData("main", "gone", "main")]
    [InlineData("gone", "spare", "spare")]
    [InlineData("gone", "gone as well", "other")]
    public void Model_that_is_no_longer_configured_gives_way_to_one_that_is(string model, string? fallback, string expected)
    {
        var models = new ModelRegistry(
            new[] { "main", "spare", "other" }.Select(name => new Model(name, name, new DemoChatClient())), "other");
        var failover = new RoundFailover(models, TimeProvider.System, NullLogger<RoundFailover>.Instance);
        var turn = Samples.Turn("turn_1", "sess_1") with { Model = model, Progress = new TurnProgress { FallbackModel = fallback } };

        Assert.Equal(expected, failover.ModelOf(turn).Name);
    }
}
