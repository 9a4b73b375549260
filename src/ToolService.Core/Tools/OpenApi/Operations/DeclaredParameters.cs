using System.Text.Json;
using ToolService.Core.Schema.Values;
using ToolService.Core.Tools.OpenApi.Reading;

namespace ToolService.Core.Tools.OpenApi.Operations;

/// <summary>Reads an operation's parameters: those of its path item, and its own, which take the place of equal ones.</summary>
internal static class DeclaredParameters
{
    private const int LongestName = 500;

    private static readonly string[] Places = ["path", "query", "header", "cookie"];
    private static readonly string[] SwaggerPlaces = ["path", "query", "header", "body", "formData"];

    /// <exception cref="OpenApiException">One of them cannot be read, or there are too many.</exception>
    public static List<DeclaredParameter> Of(
        DeclaredOperation operation, OpenApiVersion standard, DocumentReferences references, ReadBudget budget)
    {
        var shared = ReadAll(operation.PathItem, standard, references, budget);
        var own = ReadAll(operation.Node, standard, references, budget);
        var replaced = own.Select(Key).ToHashSet();
        return [.. shared.Where(parameter => !replaced.Contains(Key(parameter))), .. own];
    }

    private static (string, string) Key(DeclaredParameter parameter) =>
        (parameter.In, parameter.In == "header" ? parameter.Name.ToUpperInvariant() : parameter.Name);

    private static List<DeclaredParameter> ReadAll(
        DocumentNode owner, OpenApiVersion standard, DocumentReferences references, ReadBudget budget)
    {
        if (owner.Find("parameters") is not { } list)
            return [];
        if (list.Value.ValueKind != JsonValueKind.Array)
            throw list.Refuse("'parameters' must be a list.");
        if (list.Value.GetArrayLength() > OpenApiLimits.MaxParameters)
            throw list.Refuse($"There are {list.Value.GetArrayLength()} parameters; at most {OpenApiLimits.MaxParameters} are read.");

        var found = new Dictionary<(string, string), DeclaredParameter>();
        foreach (var item in list.Items())
        {
            var parameter = Read(item, standard, references, budget);
            if (found.TryAdd(Key(parameter), parameter))
                continue;
            if (!JsonElement.DeepEquals(found[Key(parameter)].Node.Value, parameter.Node.Value))
                throw item.Refuse(
                    $"The {parameter.In} parameter '{JsonDisplay.Shorten(parameter.Name)}' is listed twice, and differently.");
        }

        return [.. found.Values];
    }

    private static DeclaredParameter Read(DocumentNode item, OpenApiVersion standard, DocumentReferences references, ReadBudget budget)
    {
        var node = references.Resolve(item).AsObject("A parameter");
        budget.Spend(node);
        var place = node.Text("in");
        if (!(standard == OpenApiVersion.Swagger20 ? SwaggerPlaces : Places).Contains(place))
            throw node.Refuse($"A parameter in '{JsonDisplay.Shorten(place)}' is not supported.");
        var name = node.Text("name");
        if (name.Length is 0 or > LongestName)
            throw node.Refuse($"A parameter's name must have 1 to {LongestName} characters.");
        return new DeclaredParameter(name, place, node);
    }
}
