using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Tools;

namespace ToolService.Core.Conversations.Selection;

/// <summary>The tool <c>search_tools</c>, by which a model that is shown some of the tools finds others.</summary>
/// <param name="strategy">Finds what fits a query.</param>
internal sealed class ToolSearch(IToolSelector strategy)
{
    /// <summary>The tool's name.</summary>
    public const string Name = "search_tools";

    private const int MaxLimit = 20;
    private const int DefaultLimit = 5;
    private const int MaxDescriptionCharacters = 300;

    private const string Description =
        "Finds further tools. You are shown some of the tools that there are; when none of them does what you need, describe that here. "
        + "The tools that are found can be called from the next step on.";

    /// <summary>The best matches: tools that the query names, then those that the strategy finds.</summary>
    /// <param name="catalog">All tools.</param>
    /// <param name="tools">Those of the catalog that may be used.</param>
    /// <param name="query">What the model looks for.</param>
    /// <param name="limit">How many at most; 1 to 20, null for 5.</param>
    /// <param name="cancellationToken">Cancels requests to models.</param>
    public async Task<ToolSearchAnswer> SearchAsync(
        ToolCatalog catalog, IReadOnlyList<Tool> tools, string query, int? limit, CancellationToken cancellationToken)
    {
        var request = new SelectionRequest(catalog, tools, query, Math.Clamp(limit ?? DefaultLimit, 1, MaxLimit));
        var named = await new NamedSelector().SelectAsync(request, cancellationToken);
        var found = await strategy.SelectAsync(request, cancellationToken);
        return new ToolSearchAnswer([.. named.Tools.Concat(found.Tools)
            .Where(tool => tool.Name != Name)
            .DistinctBy(tool => tool.Name)
            .Take(request.Limit)
            .Select(tool => new FoundTool(tool.Name, Beginning(catalog.Find(tool.Name)!.Description), tool.Reason))]);
    }

    /// <summary>The search as a tool.</summary>
    /// <param name="available">
    /// What can be found, asked at each call with what it was invoked with: the catalog, and the tools of it that its caller may use.
    /// </param>
    public Tool ToTool(Func<AIFunctionArguments, ValueTask<(ToolCatalog Catalog, IReadOnlyList<Tool> Tools)>> available) => ToolFactory.FromMethod(
        ([Description("What is to be done, in a few words, such as 'convert currency'.")][MinLength(1)] string query,
            [Description("How many tools to return.")][Range(1, MaxLimit)] int limit = DefaultLimit,
            AIFunctionArguments? invoked = null,
            CancellationToken cancellationToken = default) => FindAsync(available, invoked ?? [], query, limit, cancellationToken),
        Name,
        Description,
        new ToolPolicy { ReadOnly = true, Idempotent = true },
        ToolCatalog.TurnSource);

    /// <summary>The names that searches in these messages have found, in order; which of them may be shown is not said.</summary>
    public static IReadOnlyList<string> FoundIn(IEnumerable<ChatMessage> messages)
    {
        HashSet<string> searches = [];
        List<string> found = [];
        foreach (var content in messages.SelectMany(message => message.Contents))
        {
            if (content is FunctionCallContent { Name: Name } call)
                searches.Add(call.CallId);
            else if (content is FunctionResultContent result && searches.Contains(result.CallId))
                found.AddRange(NamesIn(result.Result));
        }

        return [.. found.Distinct(StringComparer.Ordinal)];
    }

    private async Task<ToolSearchAnswer> FindAsync(
        Func<AIFunctionArguments, ValueTask<(ToolCatalog Catalog, IReadOnlyList<Tool> Tools)>> available,
        AIFunctionArguments invoked, string query, int limit, CancellationToken cancellationToken)
    {
        var (catalog, tools) = await available(invoked);
        return await SearchAsync(catalog, tools, query, limit, cancellationToken);
    }

    private static IEnumerable<string> NamesIn(object? result)
    {
        try
        {
            var answer = result is JsonElement { ValueKind: not JsonValueKind.String } element
                ? element
                : JsonElement.Parse(result?.ToString() ?? "");
            return answer.ValueKind is JsonValueKind.Object
                && answer.TryGetProperty("tools", out var tools)
                && tools.ValueKind is JsonValueKind.Array
                ? [.. tools.EnumerateArray().Select(NameIn).OfType<string>()]
                : [];
        }
        catch (JsonException)
        {
            // An error's text, or a result that was cut.
            return [];
        }
    }

    private static string? NameIn(JsonElement tool) =>
        tool.ValueKind is JsonValueKind.Object && tool.TryGetProperty("name", out var name) && name.ValueKind is JsonValueKind.String
            ? name.GetString()
            : null;

    private static string Beginning(string description) =>
        description.Length > MaxDescriptionCharacters ? $"{description.AsSpan(0, MaxDescriptionCharacters)}…" : description;
}
