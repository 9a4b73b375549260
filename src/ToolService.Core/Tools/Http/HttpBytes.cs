namespace ToolService.Core.Tools.Http;

/// <summary>A body that has been read whole.</summary>
/// <param name="MediaType">The content type without its parameters, in lower case; null where the server named none.</param>
/// <param name="Bytes">The body.</param>
public sealed record HttpBytes(string? MediaType, ReadOnlyMemory<byte> Bytes);
