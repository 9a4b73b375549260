using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using ToolService.Core.Storage;
using ToolService.Core.Storage.Writing;

namespace ToolService.Core.Tests.Storage;

public class KilledProcessTests
{
    private const string FileVariable = "TOOLSERVICE_TEST_KILLED_FILE";

    [Fact]
    public async Task Every_acknowledged_call_is_there_once_when_the_process_is_killed()
    {
        await using var database = await TestDatabase.OpenAsync(StorageProvider.Sqlite);
        var token = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo("dotnet", [typeof(KilledProcessTests).Assembly.Location, "-explicit", "only", "-method",
            $"{typeof(KilledProcessTests).FullName}.{nameof(Writer_to_be_killed)}"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment[FileVariable] = database.File;
        using var writer = Process.Start(start)!;
        var acknowledged = new List<string>();
        try
        {
            while (acknowledged.Count < 2000 && await writer.StandardOutput.ReadLineAsync(token) is { } line)
                Note(line, acknowledged);
        }
        finally
        {
            writer.Kill();
        }

        // What was acknowledged in the last moment is still in the pipe.
        while (await writer.StandardOutput.ReadLineAsync(token) is { } line)
            Note(line, acknowledged);
        await writer.WaitForExitAsync(token);

        Assert.True(acknowledged.Count >= 2000, "The writer ended by itself.");
        var stored = database.Rows("SELECT call_id FROM calls");
        Assert.Empty(acknowledged.Except(stored));
        Assert.Equal(stored.Count, stored.Distinct().Count());
        Assert.Equal(["ok"], database.Rows("PRAGMA integrity_check"));
    }

    /// <summary>The process that is killed: adds calls until it is, and prints each one that is acknowledged.</summary>
    [Fact(Explicit = true)]
    public async Task Writer_to_be_killed()
    {
        var file = Environment.GetEnvironmentVariable(FileVariable);
        if (file is null)
            Assert.Skip("Runs only as the child process of the test above.");

        await using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        using var queue = new WriteQueue(
            new SqliteDatabase($"Data Source={file}", "/"), NullLogger<WriteQueue>.Instance);
        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 100_000; i++)
            {
                var id = Ids.NewCall();
                await queue.RunAsync(session => session.Execute(CallStatements.AddCall, Samples.Call(id)));
                lock (output)
                    output.WriteLine(id);
            }
        })));
    }

    // A line that the kill has cut short is not an acknowledgement.
    private static void Note(string line, List<string> acknowledged)
    {
        if (line.StartsWith("call_", StringComparison.Ordinal) && line.Length == Ids.NewCall().Length)
            acknowledged.Add(line);
    }
}
