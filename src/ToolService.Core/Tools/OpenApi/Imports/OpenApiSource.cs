using System.Text.Json;
using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Tools.OpenApi.Imports;

/// <summary>The tools of an imported document, as it is stored.</summary>
internal sealed class OpenApiSource(string name, IDefinitionStore store, ImportBuilder builder) : IToolSource
{
    /// <summary>The kind of these sources and of their stored definitions.</summary>
    public const string KindName = "openapi";

    public event Action? Changed
    {
        // An import says itself that its source is to be loaded again.
        add { }
        remove { }
    }

    public string Name => name;

    public string Kind => KindName;

    public string Prefix => name + "_";

    public bool IsForeign => true;

    public async Task<SourceTools> LoadAsync(CancellationToken cancellationToken)
    {
        if (await store.FindAsync(Kind, name, cancellationToken) is not { } stored)
            throw new ToolException("The import is no longer stored.");

        try
        {
            var built = builder.Build(name, StoredImport.Parse(stored.Definition), cancellationToken);
            return new SourceTools([.. built.Tools.Select(one => one.Tool)])
            {
                Skipped = [.. built.Skipped.Where(operation => operation.IsSelected).Select(Skip)],
            };
        }
        catch (JsonException e)
        {
            throw new ToolException("The import was stored by another version of the service and cannot be read; import it again.", e);
        }
        catch (OpenApiException e)
        {
            throw new ToolException(e.Message, e);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static SkippedTool Skip(SkippedOperation operation) => new($"{operation.Method} {operation.Path}", operation.Reason);
}
