using System.Text;
using System.Text.Json;
using ToolService.Api.Tests.Hosting;

namespace ToolService.Api.Tests.Durability;

/// <summary>The service in a process of its own that is killed and started again on the same data.</summary>
internal sealed class KillableService(params (string Name, string Value)[] settings) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private ServiceProcess? _process;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A client of the process that runs now.</summary>
    public HttpClient Client { get; private set; } = new();

    public async Task StartAsync()
    {
        string[] args =
        [
            "--OPENAI_API_KEY=", "--OPENAI_BASE_URL=", "--MODEL_NAME=", "--OTEL_EXPORTER_OTLP_ENDPOINT=", "--urls=http://127.0.0.1:0",
            "--Logging:LogLevel:Default=Error", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information",
            .. settings.Select(setting => $"--{setting.Name}={setting.Value}"),
        ];
        Client.Dispose();
        _process?.Dispose();
        _process = ServiceProcess.Start(_folder.Path, null, args);
        Client = new HttpClient { BaseAddress = await _process.WaitForAddressAsync() };
    }

    /// <summary>
    /// Lets clients send requests in parallel until so many were answered, and then kills the process, whatever it is doing. Each client
    /// stops at its first request that is not answered.
    /// </summary>
    /// <param name="clients">How many clients send at the same time.</param>
    /// <param name="answers">How many answers are awaited.</param>
    /// <param name="send">Sends a client's next request; the first argument is the client's number, the second counts its requests.</param>
    public async Task LoadAndKillAsync(int clients, int answers, Func<int, int, Task> send)
    {
        var answered = 0;
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(
            async () =>
            {
                for (var request = 0; await TryAsync(() => send(client, request)); request++)
                    if (Interlocked.Increment(ref answered) == answers)
                        _process!.Kill();
            },
            Cancellation)));
        await _process!.WaitForExitAsync();
        Assert.True(answered >= answers, $"The service ended by itself after {answered} answers.");
    }

    /// <summary>Kills the process, whatever it is doing.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Sends JSON; throws <see cref="HttpRequestException"/> where no whole answer came.</summary>
    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using var content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var response = await Client.PostAsync(path, content, Cancellation);
        var answer = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {answer}");
        return JsonElement.Parse(answer);
    }

    /// <summary>Every entry of a list, page by page as its links lead.</summary>
    public async Task<List<JsonElement>> ListAsync(string path)
    {
        List<JsonElement> entries = [];
        for (string? next = path; next is not null;)
        {
            using var response = await Client.GetAsync(next, Cancellation);
            var page = await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Cancellation);
            entries.AddRange(JsonElement.Parse(page).EnumerateArray());
            next = response.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null;
        }

        return entries;
    }

    public void Dispose()
    {
        Client.Dispose();
        _process?.Dispose();
        _folder.Dispose();
    }

    private static async Task<bool> TryAsync(Func<Task> send)
    {
        try
        {
            await send();
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
