using System.Text.Json;

namespace ToolService.Testing;

/// <summary>What a server was sent.</summary>
/// <param name="Path">The path with the query.</param>
/// <param name="Headers">By name, whatever its case; several values are joined by commas.</param>
/// <param name="Body">The text of the body.</param>
public sealed record RecordedRequest(string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonElement.Parse(Body);
}
