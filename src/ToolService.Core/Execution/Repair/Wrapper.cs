using System.Text.Json;

namespace ToolService.Core.Execution.Repair;

/// <summary>Takes arguments out of the object that models put around them, such as <c>{"arguments": {…}}</c>.</summary>
internal static class Wrapper
{
    private static readonly string[] Names = ["arguments", "parameters", "args", "params", "input"];

    /// <summary>The arguments within; the same ones where nothing is around them that the schema does not know.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="toolName">The tool's name, which may stand beside them.</param>
    /// <param name="declared">The names that the schema knows.</param>
    /// <param name="maxDepth">The deepest nesting.</param>
    /// <param name="repairs">Gets what was done.</param>
    public static JsonElement Remove(JsonElement arguments, string toolName, DeclaredNames declared, int maxDepth, List<ToolRepair> repairs)
    {
        if (arguments.GetPropertyCount() > 2 || WrapperIn(arguments, toolName) is not { } wrapper || declared.ContainsLike(wrapper.Name))
            return arguments;

        List<ToolRepair> made = [new(ToolRepairKind.Unwrapped, "", $"The arguments were taken out of '{wrapper.Name}'.")];
        if (wrapper.Value.ValueKind is JsonValueKind.String)
            made.Add(new ToolRepair(ToolRepairKind.JsonInString, "", RepairText.Of(ToolRepairKind.JsonInString)));
        var inner = wrapper.Value.ValueKind switch
        {
            JsonValueKind.Object => wrapper.Value,
            JsonValueKind.String => DocumentText.TryRead(wrapper.Value.GetString()!, maxDepth, "", made),
            _ => null,
        };
        if (inner is not { ValueKind: JsonValueKind.Object } within)
            return arguments;

        repairs.AddRange(made);
        return Remove(within, toolName, declared, maxDepth, repairs);
    }

    /// <summary>The member that holds the arguments, alone or beside the tool's name.</summary>
    private static JsonProperty? WrapperIn(JsonElement arguments, string toolName)
    {
        var others = arguments.EnumerateObject().Where(member => !IsNameOf(member, toolName)).Take(2).ToArray();
        return others is [var only] && Names.Contains(only.Name) ? only : null;
    }

    private static bool IsNameOf(JsonProperty member, string toolName) =>
        member is { Name: "name", Value.ValueKind: JsonValueKind.String } && member.Value.ValueEquals(toolName);
}
