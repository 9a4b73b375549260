using System.Net;
using ToolService.Core.Tools.Http;

namespace ToolService.Core.Tests.Tools.Http;

/// <summary>Guarded clients for tests.</summary>
internal static class TestHttp
{
    public static readonly HttpOptions Loopback = new() { AllowPrivateNetworks = ["127.0.0.0/8"] };

    /// <summary>A client that may reach local servers.</summary>
    public static GuardedHttp Local(int maxBytes = 2_000_000, TimeSpan? timeout = null, TimeProvider? time = null) => Create(
        new HttpOptions { AllowPrivateNetworks = ["127.0.0.0/8"], MaxResponseBytes = maxBytes, Timeout = timeout ?? TimeSpan.FromSeconds(15) },
        time: time);

    /// <summary>A client with these options, whose names resolve as told; without being told, to nothing.</summary>
    public static GuardedHttp Create(HttpOptions options, Func<string, string[]>? resolve = null, TimeProvider? time = null) => new(
        options,
        time ?? TimeProvider.System,
        (host, _) => Task.FromResult((resolve?.Invoke(host) ?? []).Select(IPAddress.Parse).ToArray()));
}
