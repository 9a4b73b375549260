namespace ToolService.Core.Tools.Sandbox;

/// <summary>How a program ended that no limit ended.</summary>
/// <param name="ExitCode">Its exit code; 128 and a signal's number where that ended it.</param>
/// <param name="Stdout">What it wrote to standard output.</param>
/// <param name="Stderr">What it wrote to standard error.</param>
/// <param name="Duration">How long it took.</param>
internal sealed record SandboxResult(int ExitCode, BoundedOutput Stdout, BoundedOutput Stderr, TimeSpan Duration);
