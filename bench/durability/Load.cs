using System.Collections.Concurrent;
using ToolService.Durability.Scenarios;

namespace ToolService.Durability;

/// <summary>What clients do during one experiment: one scenario once, or several clients everything, over and over.</summary>
internal sealed class Load(Kill kill, string marker)
{
    private const int Clients = 6;

    private readonly ConcurrentQueue<(string Scenario, string Marker)> _begun = new();

    /// <summary>Whether sessions were deleted.</summary>
    public bool Deletes => _begun.Any(begun => begun.Scenario == "deleted session");

    /// <summary>Works until everything is done, or the service is gone.</summary>
    public Task RunAsync(Client client, Func<bool> isGone, Report report) => kill.Scenario is { } scenario
        ? TryAsync(client, scenario, marker, report)
        : Task.WhenAll(Enumerable.Range(0, Clients).Select(number => Task.Run(() => RepeatAsync(client, number, isGone, report))));

    /// <summary>Does again what was begun, as a client does that was not answered.</summary>
    /// <param name="client">Whoever does it.</param>
    /// <param name="patience">How long each may take.</param>
    /// <param name="report">Takes what goes wrong.</param>
    public async Task RunAgainAsync(Client client, TimeSpan patience, Report report)
    {
        foreach (var (scenario, marker) in _begun)
        {
            try
            {
                await Scenario.RunAsync(scenario, client, marker).WaitAsync(patience);
            }
            catch (Exception e) when (Client.IsBroken(e) || e is UnexpectedAnswerException or TimeoutException)
            {
                report.Violated(Promise.NoStrayFailure, $"{kill}: '{scenario}' again: {e.Message}");
            }
        }
    }

    private async Task RepeatAsync(Client client, int number, Func<bool> isGone, Report report)
    {
        // Each client begins elsewhere, so that at any instant all kinds of things are going on.
        for (var i = 0; !isGone(); i++)
            if (!await TryAsync(client, Scenario.Names[(i + number) % Scenario.Names.Count], $"{marker}-{number}-{i}", report))
                return;
    }

    private async Task<bool> TryAsync(Client client, string scenario, string own, Report report)
    {
        _begun.Enqueue((scenario, own));
        try
        {
            await Scenario.RunAsync(scenario, client, own);
            return true;
        }
        catch (Exception e) when (Client.IsBroken(e))
        {
            return false;
        }
        catch (UnexpectedAnswerException e)
        {
            report.Violated(Promise.NoStrayFailure, $"{kill}: '{scenario}': {e.Message}");
            return false;
        }
    }
}
