using ToolService.Core.Tools;
using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Tests.Tools.Sources;

/// <summary>A source that has what a test gives it.</summary>
internal sealed class TestSource(string name, Func<CancellationToken, Task<SourceTools>> load) : IToolSource
{
    private int _loads;

    public TestSource(string name, params Tool[] tools)
        : this(name, _ => Task.FromResult(new SourceTools(tools)))
    {
    }

    public event Action? Changed;

    public string Name => name;

    public string Kind => "test";

    public string? Prefix { get; init; } = name + "_";

    public bool IsForeign { get; init; } = true;

    public Func<CancellationToken, Task<SourceTools>> Load { get; set; } = load;

    public int Loads => _loads;

    public bool IsDisposed { get; private set; }

    public Func<ValueTask> Leave { get; set; } = () => ValueTask.CompletedTask;

    public void RaiseChanged() => Changed?.Invoke();

    public Task<SourceTools> LoadAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _loads);
        return Load(cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return Leave();
    }

    public static Tool Tool(string name, string description = "Says hello.", string source = "far") =>
        ToolFactory.FromMethod(() => "hello", name, description, new ToolPolicy { ReadOnly = true }, source);
}
