namespace ToolService.Api.Hosting.Security;

/// <summary>Endpoint metadata: a caller needs one of these scopes.</summary>
internal sealed record RequiredScope(IReadOnlyList<string> AnyOf);
