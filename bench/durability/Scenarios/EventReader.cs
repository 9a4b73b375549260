using System.Runtime.CompilerServices;

namespace ToolService.Durability.Scenarios;

/// <summary>Reads server-sent events; what was cut off is none.</summary>
internal static class EventReader
{
    public static async IAsyncEnumerable<StreamEvent> ReadAsync(StreamReader lines, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Dictionary<string, string> fields = [];
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Length > 0)
            {
                var colon = line.IndexOf(": ", StringComparison.Ordinal);
                fields[line[..Math.Max(0, colon)]] = line[(colon + 2)..];
                continue;
            }

            if (fields.TryGetValue("event", out var type))
                yield return new StreamEvent(fields.GetValueOrDefault("id", ""), type, fields["data"]);
            fields.Clear();
        }
    }
}
