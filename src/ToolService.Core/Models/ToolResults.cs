using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Models;

/// <summary>What a result that goes to a model says besides its text.</summary>
internal static class ToolResults
{
    private const string ErrorKey = "is_error";

    /// <summary>The result as the text that models read.</summary>
    public static string Text(FunctionResultContent result) => result.Result switch
    {
        null => "",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } element => element.GetString() ?? "",
        JsonElement element => element.GetRawText(),
        var value => JsonSerializer.Serialize(value, AIJsonUtilities.DefaultOptions.GetTypeInfo(value.GetType())),
    };

    /// <summary>Notes that the call failed, so that it survives being stored.</summary>
    public static void MarkError(FunctionResultContent result) => (result.AdditionalProperties ??= [])[ErrorKey] = true;

    /// <summary>Whether the call failed, also after the result was read from the store.</summary>
    public static bool IsError(FunctionResultContent result) => result.AdditionalProperties?.ContainsKey(ErrorKey) is true;
}
