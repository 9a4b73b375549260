using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ToolService.Durability.Hook;

/// <summary>Writes down each point that the service passes, and ends the process as <c>kill -9</c> does at the one it was armed for.</summary>
/// <param name="trace">Takes the lines; unbuffered, so that a line that was written outlives the process.</param>
internal sealed class KillSwitch(Stream trace) : IObserver<KeyValuePair<string, object?>>
{
    private readonly Lock _gate = new();
    private readonly Process _self = Process.GetCurrentProcess();
    private string? _point;
    private int _remaining;

    /// <summary>Takes <c>POINT OCCURRENCE</c>, counted from now on, or <c>none</c>.</summary>
    public void Arm(string command)
    {
        var parts = command.Split(' ');
        lock (_gate)
            (_point, _remaining) = parts is [var point, var occurrence] ? (point, int.Parse(occurrence, CultureInfo.InvariantCulture)) : (null, 0);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        // Within the lock, so that nobody passes a point after the one at which the process ends.
        lock (_gate)
        {
            trace.Write(Encoding.UTF8.GetBytes($"{value.Key} {value.Value}\n"));
            if (value.Key == _point && --_remaining == 0)
                _self.Kill();
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }
}
