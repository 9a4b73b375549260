namespace ToolService.Core.Tools.BuiltIn;

/// <summary>The address under which the internet sees this service.</summary>
/// <param name="Ip">The IPv4 or IPv6 address.</param>
internal sealed record IpAddress(string Ip);
