using System.Text.Json;

namespace ToolService.Core.Tools;

/// <summary>What became of a tool's question.</summary>
/// <param name="Action">What the person did.</param>
/// <param name="Content">The answer, which satisfies the question's schema; null unless it was accepted.</param>
public sealed record ElicitationAnswer(ElicitationAction Action, JsonElement? Content = null);
