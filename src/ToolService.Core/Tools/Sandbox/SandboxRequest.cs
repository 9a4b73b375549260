using ToolService.Core.Tools.Sandbox.Files;

namespace ToolService.Core.Tools.Sandbox;

/// <summary>Something to run.</summary>
/// <param name="Command">The program, by name or by its path in the sandbox, and its arguments.</param>
internal sealed record SandboxRequest(IReadOnlyList<string> Command)
{
    /// <summary>What is seen as <c>/workspace</c>; null for an empty folder there.</summary>
    public Workspace? Workspace { get; init; }

    /// <summary>Whether the workspace may only be read.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Where the program starts, below the workspace.</summary>
    public WorkspacePath WorkingDirectory { get; init; } = WorkspacePath.Parse(".");

    /// <summary>Variables, beside <c>PATH</c>, <c>HOME</c>, <c>TMPDIR</c>, <c>LANG</c> and <c>USER</c>, which they may replace.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What the program reads from its standard input, which then ends.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>How long it may take; null, or more, for what the options allow.</summary>
    public TimeSpan? Timeout { get; init; }
}
