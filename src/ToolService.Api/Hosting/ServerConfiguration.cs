using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using ToolService.Api.Hosting.Settings;

namespace ToolService.Api.Hosting;

/// <summary>Applies <see cref="ServerOptions"/> to the server and the host.</summary>
internal sealed class ServerConfiguration(IOptions<ServerOptions> server) : IConfigureOptions<KestrelServerOptions>, IConfigureOptions<HostOptions>
{
    public void Configure(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = server.Value.MaxRequestBytes;
    }

    public void Configure(HostOptions options) => options.ShutdownTimeout = server.Value.ShutdownTimeout;
}
