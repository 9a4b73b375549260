namespace ToolService.Durability.Servers;

/// <summary>The model was asked.</summary>
/// <param name="Round">How many of the turn's rounds the request has answers of.</param>
/// <param name="Life">Which process of the service asked.</param>
internal sealed record ModelRequest(int Round, int Life);
