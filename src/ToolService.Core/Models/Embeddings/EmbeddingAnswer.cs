using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Models.Wire;

namespace ToolService.Core.Models.Embeddings;

/// <summary>Reads the body of an answer.</summary>
internal static class EmbeddingAnswer
{
    /// <summary>The vectors in the order of the texts, whatever order the answer has.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="FormatException">It is not one vector of finite numbers for each text.</exception>
    public static IEnumerable<Embedding<float>> Read(ReadOnlyMemory<byte> body, int count)
    {
        using var document = JsonDocument.Parse(body);
        var vectors = new float[]?[count];
        var place = 0;
        foreach (var item in document.RootElement.Items("data"))
        {
            var index = item.Number("index") ?? place;
            if (index < 0 || index >= count || vectors[index] is not null)
                throw new FormatException($"There is a vector for text {index} of {count}, or a second one.");
            vectors[index] = [.. item.Items("embedding").Select(Finite)];
            place++;
        }

        return place == count && vectors.All(vector => vector is { Length: > 0 })
            ? [.. vectors.Select(vector => new Embedding<float>(vector))]
            : throw new FormatException($"There are {place} vectors for {count} texts, or empty ones.");
    }

    private static float Finite(JsonElement number) =>
        number.ValueKind is JsonValueKind.Number && number.TryGetSingle(out var value) && float.IsFinite(value)
            ? value
            : throw new FormatException("A vector holds what is no finite number.");
}
