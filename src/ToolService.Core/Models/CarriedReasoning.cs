using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Models;

/// <summary>
/// What a model thought, and what else its provider wants back with the next request. It is of no use to another one, which would refuse
/// it: so it is marked with where it comes from, also in the store.
/// </summary>
internal static class CarriedReasoning
{
    private const string OriginKey = "reasoning_origin";

    /// <summary>Marks a content as coming from this model.</summary>
    public static void Mark(AIContent content, string origin) => (content.AdditionalProperties ??= [])[OriginKey] = origin;

    /// <summary>Whether a content came from this model.</summary>
    public static bool IsFrom(AIContent content, string origin) =>
        content.AdditionalProperties?.GetValueOrDefault(OriginKey) switch
        {
            string text => text == origin,
            JsonElement { ValueKind: JsonValueKind.String } element => element.ValueEquals(origin),
            _ => false,
        };
}
