namespace ToolService.Api.Sources;

/// <summary>Where a person is to go for the service to get access.</summary>
/// <param name="AuthorizationUrl">What to open in a browser, within 10 minutes; absent where the server lets the service in without that.</param>
public sealed record AuthorizationView(Uri? AuthorizationUrl);
