namespace ToolService.Testing;

/// <summary>Writes answers in a provider's wire format.</summary>
internal interface IAnswerWriter
{
    /// <summary>One JSON document.</summary>
    byte[] Whole(string? text, IReadOnlyList<(string Name, string Arguments)> calls);

    /// <summary>The same as a stream of events.</summary>
    byte[] Events(string? text, IReadOnlyList<(string Name, string Arguments)> calls);
}
