using ToolService.Core.Tools.Http.Operations;
using ToolService.Core.Tools.Secrets;

namespace ToolService.Core.Tools.OpenApi.Imports;

/// <summary>Makes tools of documents.</summary>
internal sealed class ImportBuilder(HttpToolFactory tools, SecretStore secrets)
{
    /// <summary>Whether the operator has defined a secret.</summary>
    public bool Knows(string secret) => secrets.Knows(secret);

    /// <summary>The tools of a document, and what is none.</summary>
    /// <exception cref="OpenApiException">The document cannot be used.</exception>
    public BuiltImport Build(string source, StoredImport import, CancellationToken cancellationToken)
    {
        var document = OpenApiDocument.Read(import.Document, cancellationToken: cancellationToken);
        var plan = OpenApiImport.Plan(document, import.Options, cancellationToken);
        List<(ImportedOperation, Tool)> built = [];
        List<SkippedOperation> failed = [];
        foreach (var operation in plan.Operations)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                built.Add((operation, tools.Create(
                    operation.Name, operation.Description, operation.InputSchema, operation.Http, operation.Policy, source, operation.Tags)));
            }
            catch (ToolDefinitionException e)
            {
                failed.Add(new SkippedOperation(operation.Method, operation.Path, operation.OperationId, e.Message, IsSelected: true));
            }
        }

        return new BuiltImport(plan, built, [.. plan.Skipped, .. failed]);
    }
}
