using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ToolService.Core.Tools.Http.Registration;

/// <summary>Definitions as JSON text, as they are stored: what is equal is written the same.</summary>
internal static class HttpToolJson
{
    private static readonly JsonSerializerOptions Options =
        new(ToolJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static string Write(HttpToolDefinition definition) => JsonSerializer.Serialize(definition, Options);

    /// <exception cref="JsonException">It was written by another version of the service, or not by the service.</exception>
    public static HttpToolDefinition Read(string json) =>
        JsonSerializer.Deserialize<HttpToolDefinition>(json, Options) ?? throw new JsonException("The definition is null.");

    public static string Hash(string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
}
