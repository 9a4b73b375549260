using System.Text.Json;
using ToolService.Api.Chat;
using ToolService.Api.Hosting.Errors;
using ToolService.Api.Hosting.Json;
using ToolService.Core.Conversations;
using ToolService.Core.Execution;
using ToolService.Core.Tools;

namespace ToolService.Api.Completions;

/// <summary>Reads which tools a request brings, which of the service's it uses, and which the model is to call.</summary>
internal sealed class CompletionTools(ToolRegistry registry, ToolAccess access)
{
    /// <summary>As many as OpenAI takes.</summary>
    private const int MaxTools = 128;

    /// <summary>The first thing that is wrong; null where nothing is.</summary>
    public ProblemResult? Find(CompletionRequest request)
    {
        ToolPatterns patterns;
        try
        {
            patterns = ToolPatterns.Parse(request.ServiceTools ?? ["*"]);
        }
        catch (FormatException e)
        {
            return ChatRequestCheck.Invalid("/service_tools", "pattern", e.Message);
        }

        return ClientTools(request.Tools ?? []) ?? Choice(request, patterns);
    }

    /// <summary>The client's own tools; null for none.</summary>
    public static IReadOnlyList<ClientTool>? ClientToolsOf(CompletionRequest request) => request.Tools is not { Count: > 0 } tools
        ? null
        : [.. tools.Select(tool => tool.Function!).Select(function =>
            new ClientTool(function.Name, function.Description, function.Parameters, function.Strict is true))];

    /// <summary>What <c>tool_choice</c> says, as turns have it; null for a form that there is not.</summary>
    public static string? ChoiceOf(JsonElement? choice) => choice switch
    {
        { ValueKind: JsonValueKind.String } word =>
            word.Text() is ToolChoice.Auto or ToolChoice.None or ToolChoice.Required ? word.Text() : null,
        { } named when named.Member("type").Text() == CompletionCall.FunctionType => named.Member("function").Member("name").Text(),
        _ => null,
    };

    private static ProblemResult? ClientTools(IReadOnlyList<CompletionTool> tools)
    {
        if (tools.Count > MaxTools)
            return ChatRequestCheck.Invalid("/tools", "maxItems", $"There are {tools.Count} tools; at most {MaxTools} are accepted.");

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, tool) in tools.Index())
        {
            if (Wrong(tool, names) is { } wrong)
                return ChatRequestCheck.Invalid($"/tools/{index}{wrong.Place}", wrong.Keyword, wrong.Message);
        }

        return null;
    }

    private static (string Place, string? Keyword, string Message)? Wrong(CompletionTool? tool, HashSet<string> names) => tool switch
    {
        null => ("", "type", "A tool must be an object."),
        { Type: not CompletionCall.FunctionType } => ("/type", "const", "A tool must be of the type 'function'."),
        { Function: not { } } => ("/function", "required", "A tool of the type 'function' needs a function."),
        { Function.Name: var name } when !TranscriptCall.IsName(name) =>
            ("/function/name", "pattern", "A name is 1 to 64 of letters, digits, '_' and '-'."),
        { Function.Name: var name } when !names.Add(name) => ("/function/name", "uniqueItems", $"There are two tools named '{name}'."),
        { Function.Parameters: { ValueKind: not JsonValueKind.Object } } =>
            ("/function/parameters", "type", "The parameters must be a JSON Schema: an object."),
        { Function.Parameters: { } schema } when !schema.IsText() =>
            ("/function/parameters", null, "A text in the parameters is not valid Unicode (an unpaired surrogate)."),
        _ => null,
    };

    private ProblemResult? Choice(CompletionRequest request, ToolPatterns patterns)
    {
        if (request.ToolChoice is null)
            return null;

        var own = request.Tools ?? [];
        return ChoiceOf(request.ToolChoice) switch
        {
            null => ChatRequestCheck.Invalid(
                "/tool_choice", "enum", "tool_choice must be auto, none, required, or {\"type\":\"function\",\"function\":{\"name\":…}}."),
            ToolChoice.Auto or ToolChoice.None => null,
            ToolChoice.Required => own.Count > 0 || access.Filter(registry.Current, patterns).Count > 0
                ? null
                : ChatRequestCheck.Invalid("/tool_choice", "enum", "tool_choice is 'required', but there are no tools."),
            var name => own.Any(tool => tool.Function!.Name == name)
                || (registry.Current.Find(name) is not null && access.IsAllowed(name, patterns))
                ? null
                : ChatRequestCheck.Invalid(
                    "/tool_choice/function/name", "enum", "tool_choice names neither a tool of the request nor one of the service's."),
        };
    }
}
