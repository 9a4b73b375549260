using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ToolService.Core.Tools.Mcp.Transport;

/// <summary>
/// A program and whatever it starts, also what outlives its own parent: they inherit a mark in their environment. Found on Linux only.
/// </summary>
internal sealed class ProcessFamily
{
    private const string Variable = "TOOLSERVICE_MCP_PROCESS";

    private readonly string _mark = Guid.NewGuid().ToString("N");

    public void Mark(IDictionary<string, string?> environment) => environment[Variable] = _mark;

    /// <summary>Ends those that still run.</summary>
    public void Kill()
    {
        if (!OperatingSystem.IsLinux())
            return;

        var mark = Encoding.ASCII.GetBytes($"{Variable}={_mark}");
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Environment(folder).IndexOf(mark) >= 0)
                Kill(id);
    }

    private static ReadOnlySpan<byte> Environment(string folder)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(folder, "environ"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else's, or gone by now.
            return [];
        }
    }

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It has ended by itself.
        }
    }
}
