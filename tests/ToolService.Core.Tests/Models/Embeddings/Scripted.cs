using System.Text.Json;
using ToolService.Core.Models.Embeddings;
using ToolService.Testing;

namespace ToolService.Core.Tests.Models.Embeddings;

/// <summary>An embeddings endpoint that answers what a test tells it to.</summary>
internal static class Scripted
{
    public static EmbeddingClient Client(Uri baseUrl, int batchSize = 100, TimeProvider? time = null) => new(
        new EmbeddingEndpointOptions { BaseUrl = baseUrl, ApiKey = "sk-secret-key-1234", Model = "embedder", BatchSize = batchSize },
        new SocketsHttpHandler { AllowAutoRedirect = false },
        time ?? TimeProvider.System);

    /// <summary>The answer to a request, with the vector that a function gives for each text.</summary>
    public static ScriptedReply Answer(JsonElement request, Func<string, float[]> vectorOf) => ScriptedReply.Raw(
        "application/json",
        JsonSerializer.Serialize(new
        {
            data = request.GetProperty("input").EnumerateArray()
                .Select((text, index) => new { @object = "embedding", index, embedding = vectorOf(text.GetString()!) }),
            model = "embedder",
        }));
}
