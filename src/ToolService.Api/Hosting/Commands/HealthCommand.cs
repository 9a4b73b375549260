using ToolService.Api.Hosting.Settings;

namespace ToolService.Api.Hosting.Commands;

/// <summary><c>health [URL]</c>: exits with 0 if the service at the address is ready, else with 1; for containers, which have no curl.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var url = args is [] ? ServiceConfiguration.DefaultUrl : args[0];
        if (args.Length > 1 || !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            await error.WriteLineAsync($"Usage: health [URL]   (default {ServiceConfiguration.DefaultUrl})");
            return CommandLine.UsageError;
        }

        try
        {
            using HttpClient client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
            using var response = await client.GetAsync(new Uri(address, "/health/ready"));
            await output.WriteLineAsync($"{address}: {(int)response.StatusCode}");
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            await error.WriteLineAsync($"{address}: {e.Message}");
            return 1;
        }
    }
}
