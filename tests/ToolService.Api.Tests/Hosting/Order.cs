namespace ToolService.Api.Tests.Hosting;

/// <summary>A body with every kind of member, to be read strictly.</summary>
public sealed record Order(string Item, int Count = 1, Size Size = Size.Small, IReadOnlyList<Line>? Lines = null, System.Text.Json.JsonElement? Extra = null);

public sealed record Line(string ProductName);

public enum Size
{
    Small,
    ExtraLarge,
}
