using System.Globalization;

namespace ToolService.Core.Tools.Sandbox;

/// <summary>The processes of this machine, read at most every so often however many ask. Safe to use from any thread.</summary>
internal sealed class ProcessTable(TimeProvider time)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMilliseconds(50);

    // USER_HZ, which is the same on every machine that this runs on.
    private const double TicksPerSecond = 100;

    private readonly Lock _reading = new();
    private ILookup<int, ProcessEntry> _children = Array.Empty<ProcessEntry>().ToLookup(process => process.Parent);
    private long? _read;

    /// <summary>A process and all that descend from it; none where it has ended.</summary>
    public IEnumerable<ProcessEntry> Below(int root)
    {
        var children = Children();
        Stack<ProcessEntry> pending = new(children[Environment.ProcessId].Where(process => process.Id == root));
        while (pending.TryPop(out var process))
        {
            yield return process;
            foreach (var child in children[process.Id])
                pending.Push(child);
        }
    }

    private ILookup<int, ProcessEntry> Children()
    {
        lock (_reading)
        {
            if (_read is not { } read || time.GetElapsedTime(read) > Freshness)
            {
                _children = Directory.EnumerateDirectories("/proc")
                    .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
                    .Where(id => id > 0)
                    .Select(Read)
                    .OfType<ProcessEntry>()
                    .ToLookup(process => process.Parent);
                _read = time.GetTimestamp();
            }

            return _children;
        }
    }

    private static ProcessEntry? Read(int id)
    {
        if (ProcessFile.TryRead(id, "stat") is not { } text)
            return null;

        // The name is in parentheses and may hold anything.
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
        return new ProcessEntry(id, int.Parse(fields[1], CultureInfo.InvariantCulture), ticks / TicksPerSecond);
    }
}
