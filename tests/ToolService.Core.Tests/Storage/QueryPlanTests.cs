using Microsoft.EntityFrameworkCore;
using ToolService.Core.Execution;
using ToolService.Core.Storage;

namespace ToolService.Core.Tests.Storage;

/// <summary>No page may read or sort more than itself, however long the history is: SQLite tells what it would do.</summary>
public class QueryPlanTests
{
    public static TheoryData<string> Filters =>
        ["none", "owner", "tool", "status", "session", "turn", "from", "to", "owner tool", "tool from to", "owner status from"];

    [Theory, MemberData(nameof(Filters))]
    public async Task First_page_is_read_from_an_index(string filters) => await AssertIndexedAsync(filters, after: false);

    [Theory, MemberData(nameof(Filters))]
    public async Task Next_page_is_read_from_an_index(string filters) => await AssertIndexedAsync(filters, after: true);

    [Fact]
    public async Task Other_reads_use_an_index()
    {
        await using var database = await TestDatabase.OpenAsync(StorageProvider.Sqlite);
        await using var context = database.NewContext();

        AssertIndexed(context, context.Calls.Where(call => call.CallId == "a"));
        AssertIndexed(context, context.Calls.Where(call => call.Seq <= 7).OrderByDescending(call => call.Seq).Take(1));
        AssertIndexed(context, CallFilter.Apply(context.Confirmations, "a", null, null, "b").OrderByDescending(row => row.Id).Take(2));
        AssertIndexed(context, CallFilter.Apply(context.Confirmations, null, ConfirmationStatus.Pending, null,
            "b").OrderByDescending(row => row.Id).Take(2));
        AssertIndexed(context, CallFilter.Apply(context.Confirmations, null, null, "t", null).OrderByDescending(row => row.Id).Take(2));
        AssertIndexed(context, context.Sessions.Where(row => row.Owner == "a")
            .OrderByDescending(row => row.UpdatedAt).ThenByDescending(row => row.Id).Take(2));
        AssertIndexed(context, context.Sessions.Where(row => row.Owner == "a" && row.TranscriptHash == "h" && row.ActiveTurnId == null).Take(1));
        AssertIndexed(context, context.Messages.Where(row => row.SessionId == "s"
            && row.Position >= 2).OrderBy(row => row.Position).Take(2));
        AssertIndexed(context, context.TurnEvents.Where(row => row.TurnId == "t" && row.Sequence > 2).OrderBy(row => row.Sequence).Take(2));
        AssertIndexed(context, context.Turns.Where(row => row.Status == "queued" || row.Status == "running"
            || row.Status == "awaiting_confirmation")
            .OrderBy(row => row.CreatedAt).ThenBy(row => row.Id), mayScan: true);
        AssertIndexed(context, context.Callbacks.Where(row => row.Status == "pending")
            .OrderBy(row => row.NextAttemptAt).ThenBy(row => row.Id), mayScan: true);
        AssertIndexed(context, context.Callbacks.Where(row => row.TurnId == "t"));
    }

    [Fact]
    public async Task Statistics_are_read_from_the_index_alone()
    {
        await using var database = await TestDatabase.OpenAsync(StorageProvider.Sqlite);
        await using var context = database.NewContext();

        var plan = Plan(context, context.Calls.Select(call => new { call.ToolName, call.Status, call.ExecutionTime }));

        Assert.Contains("COVERING INDEX ix_calls_tool_name", Assert.Single(plan), StringComparison.Ordinal);
    }

    private static async Task AssertIndexedAsync(string filters, bool after)
    {
        await using var database = await TestDatabase.OpenAsync(StorageProvider.Sqlite);
        await using var context = database.NewContext();
        var calls = CallFilter.Apply(context.Calls, Query(filters.Split(' ')));
        if (after)
            calls = CallFilter.After(calls, 17, 4);

        AssertIndexed(context, CallFilter.NewestFirst(calls).Take(10), mayScan: filters == "none" && !after);
    }

    private static CallQuery Query(string[] filters) => new()
    {
        Owner = filters.Contains("owner") ? "local" : null,
        ToolName = filters.Contains("tool") ? "calculator" : null,
        Status = filters.Contains("status") ? CallStatus.Failed : null,
        SessionId = filters.Contains("session") ? "sess_1" : null,
        TurnId = filters.Contains("turn") ? "turn_1" : null,
        From = filters.Contains("from") ? Samples.Noon : null,
        To = filters.Contains("to") ? Samples.Noon : null,
    };

    private static void AssertIndexed<T>(StorageContext context, IQueryable<T> query, bool mayScan = false)
    {
        // To scan an index is right only where every entry of it is wanted, as far as the page goes.
        var step = Assert.Single(Plan(context, query));
        Assert.Matches($"^({(mayScan ? "SCAN|" : "")}SEARCH) .* USING (COVERING )?(INDEX|INTEGER PRIMARY KEY)", step);
    }

    private static List<string> Plan<T>(StorageContext context, IQueryable<T> query)
    {
        context.Database.OpenConnection();
        using var command = query.CreateDbCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
        using var reader = command.ExecuteReader();
        var steps = new List<string>();
        while (reader.Read())
            steps.Add(reader.GetString(3));
        return steps;
    }
}
