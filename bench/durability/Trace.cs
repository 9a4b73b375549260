namespace ToolService.Durability;

/// <summary>The points that a service's process has passed, in order, from a place in its file on.</summary>
internal sealed class Trace(IReadOnlyList<(string Point, string Subject)> passed)
{
    public IReadOnlyList<(string Point, string Subject)> Passed => passed;

    public static Trace Read(string file, int from = 0)
    {
        if (!File.Exists(file))
            return new Trace([]);

        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return new Trace([.. lines.Skip(from).Select(line => line.Split(' ', 2)).Select(parts => (parts[0], parts.Length > 1 ? parts[1] : ""))]);
    }

    public int Count(string point) => passed.Count(entry => entry.Point == point);

    /// <summary>The points of one subject, in order.</summary>
    public ILookup<string, string> BySubject { get; } = passed.ToLookup(entry => entry.Subject, entry => entry.Point);
}
