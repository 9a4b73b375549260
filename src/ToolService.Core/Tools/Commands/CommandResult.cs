using System.Text.Json.Serialization;
using ToolService.Core.Tools.Sandbox;

namespace ToolService.Core.Tools.Commands;

/// <summary>How a command ended.</summary>
/// <param name="ExitCode">0 for success, by custom; 128 and a signal's number where that ended it.</param>
/// <param name="Stdout">What it wrote to standard output.</param>
/// <param name="Stderr">What it wrote to standard error.</param>
/// <param name="DurationMs">How long it took, in milliseconds.</param>
/// <param name="StdoutTruncated">Whether something is left out of the output.</param>
/// <param name="StderrTruncated">Whether something is left out of the errors.</param>
/// <param name="Files">What it changed in the workspace; null where nothing.</param>
internal sealed record CommandResult(
    int ExitCode,
    string Stdout,
    string Stderr,
    long DurationMs,
    bool StdoutTruncated,
    bool StderrTruncated,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ChangedFiles? Files)
{
    public static CommandResult Of(SandboxResult result, ChangedFiles? files) => new(
        result.ExitCode, result.Stdout.ToString(), result.Stderr.ToString(), (long)result.Duration.TotalMilliseconds,
        result.Stdout.IsTruncated, result.Stderr.IsTruncated, files);
}
