using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace ToolService.Benchmarks;

/// <summary>What open event streams cost: memory of the service, and how late a piece of text is, with and without a crowd that only waits.</summary>
internal sealed class StreamBenchmark(string program, int idle, int active, TimeSpan duration) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue }) { Timeout = Timeout.InfiniteTimeSpan };

    public static async Task RunAsync(string[] args)
    {
        if (args is not [var program, ..])
            throw new ArgumentException("The first argument is the published ToolService.Api.dll.");

        int Number(int index, int otherwise) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;
        using var benchmark = new StreamBenchmark(Path.GetFullPath(program), Number(1, 1000), Number(2, 100), TimeSpan.FromSeconds(Number(3, 20)));
        await benchmark.RunAsync();
    }

    public void Dispose() => _client.Dispose();

    private async Task RunAsync()
    {
        await using var model = await PacedModel.StartAsync();
        var folder = Directory.CreateTempSubdirectory("toolservice-streams-");
        using var service = Start(folder.FullName, $"{model.Urls.First()}/v1");
        try
        {
            await WaitUntilReadyAsync();
            await MeasureAsync(TimeSpan.FromSeconds(10));
            Report("no open streams", service, await MeasureAsync(duration));

            using var leave = new CancellationTokenSource();
            var opened = new CountdownEvent(idle);
            var streams = Enumerable.Range(0, idle).Select(_ => IdleAsync(opened, leave.Token)).ToList();
            await Task.Run(opened.Wait);
            Console.WriteLine($"{idle} streams open: {Resident(service)} MB resident");
            Report($"{idle} idle streams", service, await MeasureAsync(duration));
            await leave.CancelAsync();
            await Task.WhenAll(streams);
        }
        finally
        {
            service.Kill();
            await service.WaitForExitAsync();
            folder.Delete(recursive: true);
        }
    }

    private Process Start(string folder, string model)
    {
        const string Url = "http://127.0.0.1:5198";
        _client.BaseAddress = new Uri(Url);
        string[] arguments =
        [
            program, "--urls", Url, "--Logging:LogLevel:Default=Warning", "--Tools:RequireConfirmation:0=get_random_number",
            "--Models:Default=paced", "--Models:Endpoints:paced:Model=paced", "--Models:Endpoints:paced:ApiKey=none", $"--Models:Endpoints:paced:BaseUrl={model}",
        ];
        return Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder })!;
    }

    private async Task WaitUntilReadyAsync()
    {
        while (true)
        {
            try
            {
                using var response = await _client.GetAsync("/health/ready");
                if (response.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100);
            }
        }
    }

    /// <summary>A turn that waits for a person, and its stream, which stays open and says nothing.</summary>
    private async Task IdleAsync(CountdownEvent opened, CancellationToken leave)
    {
        using var answer = await _client.PostAsJsonAsync(
            "/v1/chat", new { message = """get_random_number {"min": 1, "max": 6}""", model = "demo" }, CancellationToken.None);
        var turn = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/chat/turns/{turn.GetProperty("turn_id").GetString()}/events");
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, CancellationToken.None);
        await using var stream = await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(CancellationToken.None);
        try
        {
            await foreach (var item in SseParser.Create(stream).EnumerateAsync(leave))
                if (item.EventType == "done")
                    opened.Signal();
        }
        catch (OperationCanceledException)
        {
            // The measurement is over.
        }
    }

    private async Task<List<double>> MeasureAsync(TimeSpan time)
    {
        var late = new ConcurrentBag<double>();
        var until = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        await Task.WhenAll(Enumerable.Range(0, active).Select(async _ =>
        {
            while (Stopwatch.GetTimestamp() < until)
                await TurnAsync(late);
        }));
        return [.. late.Order()];
    }

    private async Task TurnAsync(ConcurrentBag<double> late)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat") { Content = JsonContent.Create(new { message = "Hello.", stream = true }) };
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync();
        await foreach (var item in SseParser.Create(stream).EnumerateAsync())
        {
            if (item.EventType != "content")
                continue;

            var now = Stopwatch.GetTimestamp();
            foreach (var sent in JsonElement.Parse(item.Data).GetProperty("content").GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                late.Add(Stopwatch.GetElapsedTime(long.Parse(sent, CultureInfo.InvariantCulture), now).TotalMilliseconds);
        }
    }

    private void Report(string what, Process service, List<double> late) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what}, {active} active turns: {late.Count / PacedModel.Pieces} turns, a piece is late by p50 {At(late, 0.5):F0} ms, p99 {At(late, 0.99):F0} ms; {Resident(service)} MB resident"));

    private static double At(List<double> sorted, double share) => sorted[(int)((sorted.Count - 1) * share)];

    private static long Resident(Process service)
    {
        service.Refresh();
        return service.WorkingSet64 / 1_000_000;
    }
}
