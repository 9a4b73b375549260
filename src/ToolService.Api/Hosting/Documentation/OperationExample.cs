namespace ToolService.Api.Hosting.Documentation;

/// <summary>Endpoint metadata: bodies to show in the API's documentation, as JSON text.</summary>
internal sealed record OperationExample(string? Request, string? Response);
