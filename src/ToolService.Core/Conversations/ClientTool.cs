using System.Text.Json;

namespace ToolService.Core.Conversations;

/// <summary>A tool that the client of a turn runs itself: the model may ask for it, and the turn then ends so that the client can answer.</summary>
/// <param name="Name">The name by which the model calls it. It hides a tool of the service that has the same name.</param>
/// <param name="Description">What it does, for the model.</param>
/// <param name="Parameters">The JSON Schema of its arguments; null for one that takes none. They are not checked here.</param>
/// <param name="Strict">Whether the provider is asked to hold the model to the schema.</param>
public sealed record ClientTool(string Name, string? Description = null, JsonElement? Parameters = null, bool Strict = false);
