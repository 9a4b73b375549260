using Microsoft.Extensions.AI;

namespace ToolService.Core.Models;

/// <summary>What offered tools may say of themselves besides name, description and schema.</summary>
internal static class OfferedTools
{
    /// <summary>The property with which a tool asks the provider to hold the model to its schema: <c>true</c>.</summary>
    public const string Strict = "strict";

    /// <summary>Whether a tool asks for that.</summary>
    public static bool IsStrict(AIFunctionDeclaration tool) => tool.AdditionalProperties.GetValueOrDefault(Strict) is true;
}
