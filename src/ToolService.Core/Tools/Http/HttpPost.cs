namespace ToolService.Core.Tools.Http;

/// <summary>JSON to send with POST.</summary>
/// <param name="Url">Where to.</param>
/// <param name="Json">The body.</param>
/// <param name="Headers">Further headers.</param>
/// <param name="Timeout">How long it may take, name resolution and connection included.</param>
internal sealed record HttpPost(Uri Url, byte[] Json, IReadOnlyDictionary<string, string> Headers, TimeSpan Timeout);
