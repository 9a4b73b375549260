using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ToolService.Core.Schema;

namespace ToolService.Benchmarks;

/// <summary>
/// Compares the validator with JavaScript ones on the same schemas and instances, in one run on one machine: what counts is how the
/// columns compare, not how many nanoseconds they say.
/// </summary>
internal static class SchemaBenchmark
{
    // Which validator decides what the rows without its gaps consist of.
    private const string Reference = "ajv";

    // Many short rounds, so that some pass undisturbed also on a machine that does other work.
    private const int Rounds = 500;

    private static readonly TimeSpan ShortestRound = TimeSpan.FromMilliseconds(1);

    // Until the compiler has seen what is hot, and compiled it again.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    /// <summary>Prints a table in Markdown.</summary>
    /// <param name="args">
    /// The folder <c>bench/schema</c>, after <c>npm install</c> there; then, if wanted, the suite's folder with the tests of a draft.
    /// </param>
    public static async Task RunAsync(string[] args)
    {
        var folder = args.Length > 0 ? args[0] : Path.Combine("bench", "schema");
        var all = SchemaCases.All(args.Length > 1 ? args[1] : null);
        using var gaps = await RunNodeAsync(folder, all, rounds: 0);
        SchemaCase[] cases = [.. all, .. all.Select(one => WithoutGaps(one, gaps.RootElement)).OfType<SchemaCase>()];
        var ours = cases.ToDictionary(one => one.Name, Measure);
        using var theirs = await RunNodeAsync(folder, cases, Rounds);

        foreach (var (mode, title) in (ReadOnlySpan<(string, string)>)[
            ("verdict", "Verdict on a parsed, valid instance"), ("text", "Verdict from JSON text, parsing included"),
            ("errors_valid", "List of errors, valid instance"), ("errors_invalid", "List of errors, invalid instance")])
            Print(title, mode, ours, theirs.RootElement);
    }

    /// <summary>The case without the schemas that the reference leaves out; null where it leaves out none.</summary>
    private static SchemaCase? WithoutGaps(SchemaCase one, JsonElement gaps)
    {
        var list = gaps.GetProperty(one.Name).GetProperty(Reference).GetProperty("skipped");
        var skipped = list.EnumerateArray().Select(number => number.GetInt32()).ToHashSet();
        SchemaPair[] rest = [.. one.Pairs.Where((_, number) => !skipped.Contains(number))];
        return skipped.Count == 0 ? null : new SchemaCase($"{one.Name}, where {Reference} can", rest);
    }

    private static Dictionary<string, double> Measure(SchemaCase one)
    {
        List<(JsonSchema Schema, SchemaPair Pair)> compiled = [];
        foreach (var pair in one.Pairs)
        {
            try
            {
                compiled.Add((JsonSchema.Compile(JsonElement.Parse(pair.Schema)), pair));
            }
            catch (JsonSchemaException e)
            {
                Console.Error.WriteLine($"{one.Name}: left out: {e.Message}");
            }
        }

        (JsonSchema Schema, string Text)[] texts = [.. compiled.SelectMany(one => one.Pair.Valid.Select(text => (one.Schema, text)))];
        var valid = Array.ConvertAll(texts, entry => (entry.Schema, Value: JsonElement.Parse(entry.Text)));
        (JsonSchema Schema, JsonElement Value)[] invalid =
            [.. compiled.SelectMany(one => one.Pair.Invalid.Select(text => (one.Schema, JsonElement.Parse(text))))];
        return new Dictionary<string, double>
        {
            ["verdict"] = Time(valid, entry => entry.Schema.IsValid(entry.Value)),
            ["text"] = Time(texts, entry =>
            {
                using var document = JsonDocument.Parse(entry.Text);
                return entry.Schema.IsValid(document.RootElement);
            }),
            ["errors_valid"] = Time(valid, entry => entry.Schema.Validate(entry.Value).Count == 0),
            ["errors_invalid"] = Time(invalid, entry => entry.Schema.Validate(entry.Value).Count > 0),
        };
    }

    /// <summary>Nanoseconds per entry, the best of the rounds.</summary>
    private static double Time<T>(T[] entries, Func<T, bool> check)
    {
        var best = double.MaxValue;
        var repeat = 1;
        var begun = Stopwatch.GetTimestamp();
        for (var round = 0; round < Rounds;)
        {
            var started = Stopwatch.GetTimestamp();
            Run(entries, check, repeat);
            var elapsed = Stopwatch.GetElapsedTime(started);
            if (elapsed < ShortestRound)
            {
                repeat *= 2;
            }
            else if (Stopwatch.GetElapsedTime(begun) > WarmUp)
            {
                round++;
                best = Math.Min(best, elapsed.TotalNanoseconds / repeat / entries.Length);
            }
        }

        return best;
    }

    private static void Run<T>(T[] entries, Func<T, bool> check, int repeat)
    {
        for (var i = 0; i < repeat; i++)
        {
            foreach (var entry in entries)
            {
                if (!check(entry))
                    throw new InvalidOperationException("A verdict is not what the case says.");
            }
        }
    }

    private static async Task<JsonDocument> RunNodeAsync(string folder, IReadOnlyList<SchemaCase> cases, int rounds)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(cases, JsonSerializerOptions.Web));
        var start = new ProcessStartInfo("node", [Path.Combine(folder, "validators.mjs"), file, rounds.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        };
        using var node = Process.Start(start) ?? throw new InvalidOperationException("node does not start.");
        var output = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        File.Delete(file);
        return node.ExitCode == 0
            ? JsonDocument.Parse(output)
            : throw new InvalidOperationException($"node ended with {node.ExitCode}; run npm install in {folder}.");
    }

    private static void Print(string title, string mode, Dictionary<string, Dictionary<string, double>> ours, JsonElement theirs)
    {
        string[] others = [.. theirs.EnumerateObject().First().Value.EnumerateObject().Select(other => other.Name)];
        Console.WriteLine($"\n{title} (ns)\n\n| case | ToolService | {string.Join(" | ", others)} |");
        Console.WriteLine($"|---|---{string.Concat(others.Select(_ => "|---"))}|");
        foreach (var (name, figures) in ours)
        {
            var row = others.Select(other => Figure(theirs.GetProperty(name).GetProperty(other), mode));
            Console.WriteLine($"| {name} | {Figure(figures[mode])} | {string.Join(" | ", row)} |");
        }
    }

    private static string Figure(double nanoseconds) => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds:N0}");

    private static string Figure(JsonElement other, string mode)
    {
        if (other.GetProperty(mode).ValueKind == JsonValueKind.Null)
            return "";
        var skipped = other.GetProperty("skipped").GetArrayLength();
        return Figure(other.GetProperty(mode).GetDouble()) + (skipped > 0 ? $" ({skipped} schemas left out)" : "");
    }
}
