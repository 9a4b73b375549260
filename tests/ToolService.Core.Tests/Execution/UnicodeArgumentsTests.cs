using ToolService.Core.Execution;
using ToolService.Core.Tools;

namespace ToolService.Core.Tests.Execution;

public class UnicodeArgumentsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("{\"text\":\"\0\"}", '\ud800')]
    [InlineData("\0{", '\udc00')]
    public async Task Arguments_that_are_no_unicode_are_refused_and_kept(string arguments, char half)
    {
        await using var executor = await TestExecutor.StartAsync(Tool((string text) => text));

        var result = await executor.CallAsync("tool", arguments.Replace('\0', half), "a", Cancellation);

        Assert.Equal(ToolErrorCode.InvalidArguments, result.Call.Error?.Code);
        Assert.Equal(CallStatus.Rejected, (await executor.Store.FindAsync("a", null, Cancellation))?.Status);
    }

    private static Tool Tool(Delegate method) => ToolFactory.FromMethod(method, "tool", "Does it.");
}
