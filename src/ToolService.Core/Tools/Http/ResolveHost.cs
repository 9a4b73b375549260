using System.Net;

namespace ToolService.Core.Tools.Http;

/// <summary>Finds a host name's addresses.</summary>
internal delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken cancellationToken);
