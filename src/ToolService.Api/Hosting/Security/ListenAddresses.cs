
namespace ToolService.Api.Hosting.Security;

/// <summary>The addresses that the server is configured to listen on.</summary>
internal static class ListenAddresses
{
    public static IEnumerable<string> Of(IConfiguration configuration)
    {
        // Kestrel's endpoints replace Urls, and Urls replaces the ports.
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>().ToList();
        if (endpoints.Count > 0)
            return endpoints;

        return configuration["Urls"] is { Length: > 0 } urls
            ? Split(urls)
            : [.. Ports(configuration["HTTP_PORTS"], "http"), .. Ports(configuration["HTTPS_PORTS"], "https")];
    }

    /// <summary>Whether only this machine can connect to the address; an address that cannot be understood is not loopback.</summary>
    public static bool IsLoopback(string address)
    {
        try
        {
            var parsed = BindingAddress.Parse(address);
            return parsed.IsUnixPipe || parsed.IsNamedPipe || LoopbackNames.IsLoopback(parsed.Host);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string[] Split(string list) => list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static IEnumerable<string> Ports(string? ports, string scheme) => Split(ports ?? "").Select(port => $"{scheme}://*:{port}");
}
