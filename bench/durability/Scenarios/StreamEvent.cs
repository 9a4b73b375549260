using System.Text.Json;

namespace ToolService.Durability.Scenarios;

/// <summary>An event of a turn's stream as a client received it, whole.</summary>
internal sealed record StreamEvent(string Id, string Type, string Data)
{
    public JsonElement Json => JsonElement.Parse(Data);
}
