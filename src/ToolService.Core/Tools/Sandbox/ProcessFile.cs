using System.Globalization;

namespace ToolService.Core.Tools.Sandbox;

/// <summary>Reads what the kernel says of a process, which may end meanwhile.</summary>
internal static class ProcessFile
{
    /// <summary>A file about a process; null where there is no such process.</summary>
    public static string? TryRead(int id, string name)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{name}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The sum of the numbers after these names.</summary>
    public static long Sum(int id, string file, params ReadOnlySpan<string> names)
    {
        var sum = 0L;
        foreach (var line in TryRead(id, file)?.Split('\n') ?? [])
        {
            foreach (var name in names)
            {
                if (line.StartsWith(name, StringComparison.Ordinal))
                    sum += long.Parse(line.AsSpan(name.Length).TrimEnd("kB "), CultureInfo.InvariantCulture);
            }
        }

        return sum;
    }
}
