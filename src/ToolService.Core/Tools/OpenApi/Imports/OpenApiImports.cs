using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using ToolService.Core.Tools.Http;
using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Tools.OpenApi.Imports;

/// <summary>Imports documents, one at a time, and has those there that were imported before.</summary>
public sealed partial class OpenApiImports : IInitialSources, IRemovableSources, IDisposable
{
    private readonly ToolSources _sources;
    private readonly ToolRegistry _registry;
    private readonly IDefinitionStore _store;
    private readonly IKnownToolStore _known;
    private readonly GuardedHttp _http;
    private readonly ImportBuilder _builder;
    private readonly TimeProvider _time;
    private readonly ILogger<OpenApiImports> _logger;
    private readonly SemaphoreSlim _one = new(1);

    internal OpenApiImports(
        ToolSources sources, ToolRegistry registry, IDefinitionStore store, IKnownToolStore known, GuardedHttp http, ImportBuilder builder,
        TimeProvider time, ILogger<OpenApiImports> logger)
    {
        (_sources, _registry, _store, _known) = (sources, registry, store, known);
        (_http, _builder, _time, _logger) = (http, builder, time, logger);
    }

    string IRemovableSources.Kind => OpenApiSource.KindName;

    /// <summary>Imports a document, or tells what would come of it.</summary>
    /// <param name="request">The document, and how to read it.</param>
    /// <param name="importedBy">Who imports it.</param>
    /// <param name="cancellationToken">Stops before anything is changed.</param>
    /// <exception cref="OpenApiException">The document, or the request, cannot be used.</exception>
    /// <exception cref="ToolException">The document cannot be fetched.</exception>
    public async Task<ImportResult> ImportAsync(ImportRequest request, string importedBy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        // A document of thousands of operations takes memory by the hundred megabytes while it is read.
        await _one.WaitAsync(cancellationToken);
        try
        {
            return await ImportOneAsync(request, importedBy, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    async Task<bool> IRemovableSources.RemoveAsync(string name)
    {
        await _one.WaitAsync();
        try
        {
            // Where another replica has removed the import already, the source is still here.
            await _store.RemoveAsync(OpenApiSource.KindName, name);
            return await _sources.RemoveAsync(name);
        }
        finally
        {
            _one.Release();
        }
    }

    async Task IInitialSources.AddAsync(ToolSources sources, CancellationToken cancellationToken)
    {
        foreach (var name in await _store.ListNamesAsync(OpenApiSource.KindName, cancellationToken))
            if (!sources.TryAdd(new OpenApiSource(name, _store, _builder)))
                LogNameTaken(_logger, name);
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<ImportResult> ImportOneAsync(ImportRequest request, string importedBy, CancellationToken cancellationToken)
    {
        var before = _sources.Find(request.Name);
        if (before is not null && before.Kind != OpenApiSource.KindName)
            return new ImportResult(ImportOutcome.NameTaken);

        var document = request.Document ?? await FetchAsync(request.Url!, cancellationToken);
        StoredImport import = new(document, request.Options with { Prefix = request.Name, DocumentUrl = request.Url });
        var built = await Task.Run(() => _builder.Build(request.Name, import, cancellationToken), cancellationToken);
        if (before is { State: SourceState.Idle })
            before = await _sources.RefreshAsync(request.Name, cancellationToken);
        var result = Describe(built, NamesOf(request.Name, before), await _known.ListAsync(request.Name, cancellationToken));
        if (request.IsDryRun)
            return result;

        cancellationToken.ThrowIfCancellationRequested();
        if (!await SaveAsync(request.Name, import.ToJson(), importedBy))
            return new ImportResult(ImportOutcome.Conflict);
        if (_sources.Find(request.Name) is not null || _sources.TryAdd(new OpenApiSource(request.Name, _store, _builder)))
            return result with { Source = await _sources.RefreshAsync(request.Name, CancellationToken.None) };

        await _store.RemoveAsync(OpenApiSource.KindName, request.Name);
        return new ImportResult(ImportOutcome.NameTaken);
    }

    private async Task<string> FetchAsync(Uri url, CancellationToken cancellationToken)
    {
        HttpTextRequest request = new(url, "application/json, application/yaml, text/yaml;q=0.9, */*;q=0.5");
        var fetched = await _http.GetBytesAsync(request, OpenApiLimits.MaxBytes, cancellationToken);
        return Encoding.UTF8.GetString(fetched.Bytes.Span);
    }

    private async Task<bool> SaveAsync(string name, string json, string importedBy)
    {
        var now = _time.GetUtcNow();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
        StoredDefinition definition = new(OpenApiSource.KindName, name, json, hash) { CreatedAt = now, UpdatedAt = now, ChangedBy = importedBy };
        return await _store.FindAsync(OpenApiSource.KindName, name, CancellationToken.None) is { } known
            ? await _store.TryReplaceAsync(definition, known.Hash)
            : await _store.TryAddAsync(definition);
    }

    private IEnumerable<string> NamesOf(string source, SourceStatus? status) =>
        _registry.Current.Tools.Where(tool => tool.Source == source).Select(tool => tool.Name)
            .Concat(status?.Held.Select(held => held.Tool.Name) ?? []);

    private ImportResult Describe(BuiltImport built, IEnumerable<string> before, IReadOnlyList<KnownTool> known)
    {
        var names = built.Tools.Select(one => one.Tool.Name).ToHashSet(StringComparer.Ordinal);
        var hashes = known.ToDictionary(tool => tool.Name, tool => tool.DefinitionHash, StringComparer.Ordinal);
        return new ImportResult(ImportOutcome.Imported)
        {
            Plan = built.Plan,
            Tools = [.. built.Tools.Select(one => new ImportedTool(one.Operation, ChangeOf(one.Tool, hashes)))],
            Skipped = [.. built.Skipped.Where(operation => operation.IsSelected)],
            FilteredCount = built.Skipped.Count(operation => !operation.IsSelected),
            Removed = [.. before.Where(name => !names.Contains(name)).Order(StringComparer.Ordinal)],
            Secrets = [.. built.Plan.Secrets.Select(name => (name, _builder.Knows(name)))],
        };
    }

    [LoggerMessage(331, LogLevel.Error, "The imported source {Source} is not there: another source has its name")]
    private static partial void LogNameTaken(ILogger logger, string source);

    private static ImportChange ChangeOf(Tool tool, Dictionary<string, string> known) =>
        !known.TryGetValue(tool.Name, out var hash) ? ImportChange.Added
        : hash == tool.DefinitionHash ? ImportChange.Same
        : ImportChange.Changed;
}
