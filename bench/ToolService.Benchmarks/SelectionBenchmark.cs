using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Conversations.Selection;
using ToolService.Core.Tools;

namespace ToolService.Benchmarks;

/// <summary>
/// Measures how well tool selection finds what a query needs, and how fast, on function definitions and queries that others have published:
/// all functions of all cases in one catalog.
/// </summary>
internal static class SelectionBenchmark
{
    private const int Most = 10;
    private const int Few = 5;
    private const int Rounds = 20;
    private const int Copies = 10;

    /// <summary>Prints a table in Markdown.</summary>
    /// <param name="args">
    /// The file with the cases, one in a line: <c>messages</c>, <c>tools_normalised</c> and <c>calls</c>. The default is that of the shared
    /// test data.
    /// </param>
    public static async Task RunAsync(string[] args)
    {
        var file = args.Length > 0 ? args[0] : Path.Combine("..", "shared", "bfcl", "calls.jsonl");
        JsonElement[] cases = [.. File.ReadLines(file).Select(line => JsonElement.Parse(line))];
        var definitions = cases.SelectMany(one => one.GetProperty("tools_normalised").EnumerateArray()).ToArray();
        // Names are unique in a catalog: of several functions of one name the first stands for all.
        var catalog = new ToolCatalog(definitions.DistinctBy(NameOf, StringComparer.OrdinalIgnoreCase).Select(Define));
        var queries = cases.Select(Query.Of).ToArray();
        Console.WriteLine($"{queries.Length} queries, {definitions.Length} definitions, {catalog.Tools.Count} tools by different names\n");
        // As many tools as nobody should have: each under so many names.
        var large = new ToolCatalog(catalog.Tools.SelectMany(tool => Enumerable.Range(0, Copies).Select(copy => Rename(tool, copy))));
        Console.WriteLine($"| selector | recall@{Few} | recall@{Most} | recall@{Few}, held out | recall@{Most}, held out "
            + $"| ms per query | ms to prepare | ms per query of {large.Tools.Count} |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var (name, selector) in ((string, IToolSelector)[])[
            ("any shared word, in catalog order", new AnySharedWord()),
            ("keyword: most shared words first", new KeywordSelector()),
            ("lexical (BM25F)", new LexicalSelector())])
        {
            var begun = Stopwatch.GetTimestamp();
            await selector.SelectAsync(queries[0].For(catalog), CancellationToken.None);
            var prepared = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            var selected = await SelectAsync(selector, catalog, queries);
            var milliseconds = await TimeAsync(selector, catalog, queries);
            var millisecondsOfLarge = await TimeAsync(selector, large, queries);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {Recall(Few):P1} | {Recall(Most):P1} "
                + $"| {Recall(Few, heldOut: true):P1} | {Recall(Most, heldOut: true):P1} "
                + $"| {milliseconds:0.000} | {prepared:0} | {millisecondsOfLarge:0.00} |"));

            // From the second case on, every second one: those by which no weight was chosen.
            double Recall(int count, bool heldOut = false) => queries.Zip(selected)
                .Where((_, line) => !heldOut || line % 2 == 1)
                .Average(pair => pair.First.Recall(pair.Second.Take(count)));
        }
    }

    private static async Task<string[][]> SelectAsync(IToolSelector selector, ToolCatalog catalog, Query[] queries)
    {
        var selected = new string[queries.Length][];
        for (var i = 0; i < queries.Length; i++)
        {
            var selection = await selector.SelectAsync(queries[i].For(catalog), CancellationToken.None);
            selected[i] = [.. selection.Tools.Select(tool => tool.Name)];
        }

        return selected;
    }

    /// <summary>Milliseconds for a query, of the best round over all of them.</summary>
    private static async Task<double> TimeAsync(IToolSelector selector, ToolCatalog catalog, Query[] queries)
    {
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            await SelectAsync(selector, catalog, queries);
            var elapsed = Stopwatch.GetElapsedTime(begun);
            best = elapsed < best ? elapsed : best;
        }

        return best.TotalMilliseconds / queries.Length;
    }

    private static Tool Define(JsonElement function) => new(new Declared(function));

    private static Tool Rename(Tool tool, int copy) => new(new Declared(JsonSerializer.SerializeToElement(
        new { name = $"{tool.Name}_{copy}", description = tool.Description, parameters = tool.InputSchema })));

    // Dots are no part of a tool's name here.
    private static string NameOf(JsonElement item) => item.GetProperty("name").GetString()!.Replace('.', '_');

    private sealed class Declared(JsonElement function) : AIFunction
    {
        public override string Name => NameOf(function);

        public override string Description => function.GetProperty("description").GetString()!;

        public override JsonElement JsonSchema => function.GetProperty("parameters");

        protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) =>
            default;
    }

    private sealed record Query(string Message, HashSet<string> Relevant)
    {
        public static Query Of(JsonElement one) => new(
            string.Join('\n', one.GetProperty("messages").EnumerateArray().SelectMany(turn => turn.EnumerateArray())
                .Where(message => message.GetProperty("role").GetString() == "user")
                .Select(message => message.GetProperty("content").GetString())),
            one.GetProperty("calls").EnumerateArray().Select(NameOf).ToHashSet(StringComparer.OrdinalIgnoreCase));

        public SelectionRequest For(ToolCatalog catalog) => new(catalog, catalog.Tools, Message, Most);

        public double Recall(IEnumerable<string> selected) => (double)selected.Count(Relevant.Contains) / Relevant.Count;
    }
}
