using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Models.OpenAIResponses;

/// <summary>
/// Carries whether words were on the way to an answer or the answer: newer models say it of their messages, and without it take the first words
/// of a round for its end.
/// </summary>
internal static class MessagePhase
{
    private const string PhaseKey = "message_phase";

    /// <summary>Notes the phase, so that it survives being stored.</summary>
    public static void Mark(TextContent content, string phase, string origin)
    {
        content.AdditionalProperties = new AdditionalPropertiesDictionary { [PhaseKey] = phase };
        CarriedReasoning.Mark(content, origin);
    }

    /// <summary>Writes the phase where there is one from this origin.</summary>
    public static void Write(Utf8JsonWriter json, TextContent content, string origin)
    {
        if (!CarriedReasoning.IsFrom(content, origin))
            return;

        switch (content.AdditionalProperties!.GetValueOrDefault(PhaseKey))
        {
            case string phase:
                json.WriteString("phase", phase);
                break;
            case JsonElement { ValueKind: JsonValueKind.String } phase:
                json.WriteString("phase", phase.GetString());
                break;
        }
    }
}
