using ToolService.Core.Tools.OpenApi.Reading;

namespace ToolService.Core.Tools.OpenApi.Operations;

/// <summary>Finds the operations of a document. Callbacks and webhooks are requests to somebody else and not among them.</summary>
internal static class DeclaredOperations
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

    /// <exception cref="OpenApiException">There are too many, or a path is not one.</exception>
    public static List<DeclaredOperation> List(OpenApiDocument document, DocumentReferences references, ReadBudget budget)
    {
        var operations = new List<DeclaredOperation>();
        if (new DocumentNode(document.Root).Find("paths") is not { } paths)
            return operations;
        foreach (var (path, item) in paths.AsObject("'paths'").Members())
        {
            if (path.StartsWith("x-", StringComparison.Ordinal))
                continue;
            if (!path.StartsWith('/') || path.Length > OpenApiLimits.MaxPathLength)
                throw item.Refuse($"A path must begin with '/' and have at most {OpenApiLimits.MaxPathLength} characters.");
            operations.AddRange(InItem(path, item, document.Standard, references, budget));
            if (operations.Count > OpenApiLimits.MaxOperations)
                throw new OpenApiException($"The document has more than {OpenApiLimits.MaxOperations} operations; split it.");
        }

        return operations;
    }

    private static IEnumerable<DeclaredOperation> InItem(
        string path, DocumentNode item, OpenApiVersion standard, DocumentReferences references, ReadBudget budget)
    {
        DocumentNode resolved;
        try
        {
            resolved = references.Resolve(item.AsObject("A path item")).AsObject("A path item");
        }
        catch (OpenApiException e)
        {
            return [new DeclaredOperation("*", path, item, item) { Fault = e }];
        }

        budget.Spend(resolved);
        IEnumerable<(string Method, DocumentNode Node)> found = OfItem(resolved, standard);
        // What stands beside the reference comes before what it leads to.
        if (item.Path != resolved.Path)
            found = OfItem(item, standard).Concat(found).DistinctBy(operation => operation.Method);
        return found.Take(OpenApiLimits.MaxOperations + 1)
            .Select(operation => new DeclaredOperation(operation.Method, path, operation.Node, resolved));
    }

    private static IEnumerable<(string Method, DocumentNode Node)> OfItem(DocumentNode item, OpenApiVersion standard)
    {
        var standing = item.Members()
            .Where(member => Methods.Contains(member.Name) || (standard == OpenApiVersion.V32 && member.Name == "query"))
            .Select(member => (member.Name.ToUpperInvariant(), member.Node));
        return standard == OpenApiVersion.V32 && item.Find("additionalOperations") is { } additional
            ? standing.Concat(additional.Members())
            : standing;
    }
}
