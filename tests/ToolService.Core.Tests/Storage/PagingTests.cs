using FsCheck;
using FsCheck.Fluent;
using ToolService.Core.Execution;
using ToolService.Core.Storage;

namespace ToolService.Core.Tests.Storage;

public class PagingTests
{
    [Fact]
    public async Task Any_history_pages_completely_and_in_order_whatever_the_limit()
    {
        await using var database = await TestDatabase.OpenAsync(StorageProvider.Sqlite);
        var histories = 0;
        var minutes = Gen.Choose(0, 4).ListOf(25);
        var cases = minutes.SelectMany(_ => Gen.Choose(1, 9), (list, limit) => (Minutes: list.ToArray(), Limit: limit));

        // Each history is another session's, so that one database serves all of them.
        var property = Prop.ForAll(cases.ToArbitrary(), history => PagesCompletely(database.Calls, $"sess_{histories++}", history.Minutes,
            history.Limit));

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(40), property);
    }

    private static bool PagesCompletely(ICallStore store, string session, int[] minutes, int limit)
    {
        CallRecord[] calls =
            [.. minutes.Select((minute, i) => Samples.Call($"{session}_{i:D3}", minute: minute) with { SessionId = session })];
        Task.WhenAll(calls.Select(call => store.TryAddAsync(call))).GetAwaiter().GetResult();

        var paged = new List<CallRecord>();
        CallPage page;
        long? after = null;
        do
        {
            page = store.ListAsync(new CallQuery { SessionId = session, Limit = limit, After = after }, CancellationToken.None)
                .GetAwaiter().GetResult();
            paged.AddRange(page.Calls);
            after = page.Next;
        }
        while (after is not null && paged.Count <= calls.Length);

        // Calls of one instant come in the reverse of the order in which they were added.
        return paged.SequenceEqual(calls.OrderByDescending(call => call.CreatedAt).ThenByDescending(call => call.CallId,
            StringComparer.Ordinal));
    }
}
