using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ToolService.Core.Tools;

namespace ToolService.Durability.Hook;

/// <summary>
/// In the service's process: listens to the journal's points, kills the process where it was told to, and gives the service its counting tools.
/// </summary>
internal sealed class ServiceHook(KillSwitch killSwitch) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    /// <summary>Installs it. The first command is awaited, so that also the service's start can be interrupted.</summary>
    public static void Install()
    {
        var trace = Environment.GetEnvironmentVariable(HookVariables.Trace)!;
        var killSwitch = new KillSwitch(new FileStream(trace, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0));
        DiagnosticListener.AllListeners.Subscribe(new ServiceHook(killSwitch));
        if (!Obey(killSwitch))
            return;

        new Thread(() =>
        {
            while (Obey(killSwitch))
            {
            }

            // Nobody is left to look after it.
            Process.GetCurrentProcess().Kill();
        })
        { IsBackground = true }.Start();
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "ToolService.Journal")
            value.Subscribe(killSwitch);
        else if (value.Name == "Microsoft.Extensions.Hosting")
            value.Subscribe(this);
    }

    /// <summary>The host is built and not yet started: whatever it goes on with finds the tools.</summary>
    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value is { Key: "HostBuilt", Value: IHost host })
            host.Services.GetRequiredService<ToolRegistry>().Replace("faults", CountingTools.All());
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private static bool Obey(KillSwitch killSwitch)
    {
        if (Console.In.ReadLine() is not { } command)
            return false;

        killSwitch.Arm(command);
        Console.Out.WriteLine(HookVariables.Taken);
        return true;
    }
}
