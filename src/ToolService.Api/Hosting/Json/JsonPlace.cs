using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ToolService.Api.Hosting.Json;

/// <summary>What the wire types expect at a place in a body.</summary>
/// <param name="Type">The expected type; null where no member has that name or nothing is known.</param>
/// <param name="Siblings">The members that the object around the place may have; empty where it is no object of ours.</param>
internal sealed record JsonPlace(Type? Type, IReadOnlyList<string> Siblings)
{
    public static JsonPlace Find(JsonSerializerOptions options, Type? root, IReadOnlyList<string> path)
    {
        JsonPlace place = new(root, []);
        foreach (var step in path)
            place = place.Type is { } type && options.TryGetTypeInfo(type, out var info) ? Into(info, step) : new JsonPlace(null, []);

        return place;
    }

    private static JsonPlace Into(JsonTypeInfo info, string step) => info.Kind == JsonTypeInfoKind.Object
        ? new JsonPlace(info.Properties.FirstOrDefault(property => property.Name == step)?.PropertyType, [.. info.Properties.Select(property => property.Name)])
        : new JsonPlace(info.ElementType, []);
}
