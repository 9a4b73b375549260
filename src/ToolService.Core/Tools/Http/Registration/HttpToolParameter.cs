using System.Text.Json;

namespace ToolService.Core.Tools.Http.Registration;

/// <summary>An argument of a tool, for authors who write no schema.</summary>
public sealed record HttpToolParameter
{
    /// <summary>The argument's name.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// A type of JSON Schema: <c>string</c>, <c>number</c>, <c>integer</c>, <c>boolean</c>, <c>array</c> or <c>object</c>. Default string.
    /// </summary>
    public string? Type { get; init; }

    /// <summary>What it means, for the model.</summary>
    public string? Description { get; init; }

    /// <summary>Whether it must be given. Default false.</summary>
    public bool Required { get; init; }

    /// <summary>The only values that it may have; null for any of its type.</summary>
    public IReadOnlyList<JsonElement>? Enum { get; init; }

    /// <summary>What is sent where it is left out; null for nothing.</summary>
    public JsonElement? Default { get; init; }

    /// <summary>Where it goes, as in <see cref="HttpToolDefinition.In"/>.</summary>
    public JsonElement? In { get; init; }
}
