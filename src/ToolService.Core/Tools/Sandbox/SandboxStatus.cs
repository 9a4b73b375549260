using System.Text.Json;

namespace ToolService.Core.Tools.Sandbox;

/// <summary>What bubblewrap reports of a run: one JSON document a line.</summary>
internal static class SandboxStatus
{
    /// <summary>The program's exit code; null where it never ran.</summary>
    public static int? ExitCode(string report)
    {
        foreach (var line in report.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var status = JsonElement.Parse(line);
            if (status.TryGetProperty("exit-code", out var code))
                return code.GetInt32();
        }

        return null;
    }
}
