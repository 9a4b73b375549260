using System.Collections.Concurrent;
using System.Diagnostics;

namespace ToolService.Core.Tests.Storage;

/// <summary>Subscribes to the journal's points, as other people's code does: by the listener's name.</summary>
internal sealed class PassedPoints : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly ConcurrentQueue<(string Point, string Subject)> _passed = new();
    private readonly List<IDisposable> _subscriptions = [];

    public PassedPoints() => _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

    /// <summary>The points of one subject; tests that run at the same time pass others.</summary>
    public IEnumerable<string> Of(string subject) => _passed.Where(passed => passed.Subject == subject).Select(passed => passed.Point);

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "ToolService.Journal")
            _subscriptions.Add(value.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> value) => _passed.Enqueue((value.Key, (string)value.Value!));

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose() => _subscriptions.ForEach(subscription => subscription.Dispose());
}
