using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Models.Demo;

/// <summary>Decides which of the offered tools a message asks for.</summary>
internal static class DemoPlan
{
    public static IEnumerable<(string Tool, JsonObject Arguments)> Make(string message, IReadOnlyList<AIFunctionDeclaration> tools)
    {
        // A tool that is named with its arguments is a clear wish; its JSON is not read again as arithmetic or a place.
        var named = tools.Where(tool => IsNamed(tool.Name, message)).ToList();
        var explicitCalls = named
            .Select(tool => (tool.Name, Arguments: DemoJson.After(message, tool.Name)))
            .Where(call => call.Arguments is not null)
            .ToList();
        foreach (var (tool, arguments) in explicitCalls)
            yield return (tool, arguments!);
        if (explicitCalls.Count > 0)
            yield break;

        foreach (var (name, read) in DemoRules.All)
            if (tools.FirstOrDefault(tool => tool.Name == name) is { } tool)
                foreach (var values in read(message))
                    yield return (name, DemoJson.Fit(tool.JsonSchema, values));

        foreach (var tool in named.Where(tool => DemoRules.All.All(rule => rule.Tool != tool.Name)))
            yield return (tool.Name, []);
    }

    private static bool IsNamed(string tool, string message) =>
        Regex.IsMatch(message, $@"(?<![\w-]){Regex.Escape(tool)}(?![\w-])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
}
