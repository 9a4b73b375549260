namespace ToolService.Core.Tools.Http.Operations;

/// <summary>A body as it is sent.</summary>
/// <param name="Bytes">Its bytes.</param>
/// <param name="ContentType">Its content type with its parameters.</param>
internal sealed record RequestBody(ReadOnlyMemory<byte> Bytes, string ContentType);
