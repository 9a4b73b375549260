using ToolService.Core.Schema.Values;
using ToolService.Core.Tools.OpenApi.Operations;
using ToolService.Core.Tools.OpenApi.Reading;

namespace ToolService.Core.Tools.OpenApi;

/// <summary>Plans which tools an API's operations become. Nothing is registered and nothing is sent.</summary>
public static class OpenApiImport
{
    private const int LongestPrefix = 32;

    /// <summary>
    /// The tools that the document's operations become, and the operations that become none, with the reason. One that cannot be used
    /// never stops the others.
    /// </summary>
    /// <param name="document">The document.</param>
    /// <param name="options">How to import it.</param>
    /// <param name="cancellationToken">Stops between two operations.</param>
    /// <exception cref="OpenApiException">
    /// The options cannot be used with this document, or it is beyond <see cref="OpenApiLimits"/>.
    /// </exception>
    public static ImportPlan Plan(OpenApiDocument document, OpenApiImportOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(options);
        CheckPrefix(options.Prefix);
        var references = new DocumentReferences(document.Root);
        var budget = new ReadBudget();
        var declared = DeclaredOperations.List(document, references, budget);
        var names = ToolNames.Of(declared, options.Prefix);
        var selection = new Selection(options);
        var planner = new OperationPlanner(document, options, references, budget);
        List<ImportedOperation> planned = [];
        List<SkippedOperation> skipped = [];
        foreach (var (operation, name) in declared.Zip(names))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (selection.Objection(operation) is { } objection)
            {
                skipped.Add(Skip(operation, objection, isSelected: false));
                continue;
            }

            try
            {
                planned.Add(planner.Plan(operation, name));
            }
            catch (OpenApiException e)
            {
                skipped.Add(Skip(operation, e.Message, isSelected: true));
            }
        }

        // The same reason for every operation is one error about the document.
        if (planned.Count == 0 && planner.ServerFault is { } fault)
            throw fault;
        return new ImportPlan
        {
            Title = document.Title,
            Version = document.Version,
            Servers = planner.Servers,
            SecuritySchemes = planner.SecuritySchemes,
            Operations = planned,
            Skipped = skipped,
        };
    }

    private static SkippedOperation Skip(DeclaredOperation operation, string reason, bool isSelected) =>
        new(operation.Method, operation.Path, operation.OperationId, reason, isSelected);

    private static void CheckPrefix(string prefix)
    {
        if (prefix.Length > LongestPrefix || !prefix.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
            throw new OpenApiException(
                $"The prefix '{JsonDisplay.Shorten(prefix)}' must be at most {LongestPrefix} letters, digits, '_' and '-'.");
    }
}
