using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ToolService.Core.Tools.Sources;

/// <summary>
/// The places that tools come from: reaches each when its tools are first wanted, and keeps them apart, so that one which is slow or dead
/// holds up nothing else. Safe to use from any thread.
/// </summary>
public sealed class ToolSources : IAsyncDisposable
{
    private readonly SourceOfTools.Shared _shared;
    private ImmutableDictionary<string, SourceOfTools> _sources = ImmutableDictionary.Create<string, SourceOfTools>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Has no sources yet.</summary>
    public ToolSources(
        ToolRegistry registry, IKnownToolStore known, IOptions<SourcesOptions> options, TimeProvider time, ILogger<ToolSources> logger) =>
        _shared = new SourceOfTools.Shared(registry, known, options.Value, time, logger);

    /// <summary>Adds a source; nothing is reached.</summary>
    /// <exception cref="ToolDefinitionException">There is one of its name, or the service's own tools have the name.</exception>
    public void Add(IToolSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!TryAdd(source))
            throw new ToolDefinitionException($"There is a tool source '{source.Name}' already.");
    }

    /// <summary>The same; false, and nothing added, where the name is taken.</summary>
    public bool TryAdd(IToolSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return !IsOfService(source.Name) && ImmutableInterlocked.TryAdd(ref _sources, source.Name, new SourceOfTools(source, _shared));
    }

    /// <summary>Takes a source and its tools away, and forgets what was known of them; false where there is none.</summary>
    public async Task<bool> RemoveAsync(string name)
    {
        if (_sources.GetValueOrDefault(name) is not { } source || !source.TryLeave())
            return false;

        // The name is free when nothing of the source is left: what is taken away would otherwise be the next one's of that name.
        try
        {
            await source.DisposeAsync();
            await _shared.Known.ForgetAsync(source.Name);
        }
        finally
        {
            ImmutableInterlocked.TryRemove(ref _sources, name, out _);
        }

        return true;
    }

    /// <summary>
    /// Has the sources reached that nobody has asked for yet, and waits for those that are being reached; not longer than
    /// <see cref="SourcesOptions.ListPatience"/>, and for none twice. Never fails.
    /// </summary>
    public async ValueTask LoadAsync(CancellationToken cancellationToken)
    {
        var waiting = _sources.Values.Select(source => source.WaitAsync(cancellationToken)).Where(load => !load.IsCompleted).ToList();
        if (waiting.Count > 0)
            await Task.WhenAll(waiting);
    }

    /// <summary>Has the sources reached that may have a tool, if it is not in the catalog, and waits for them. Never fails.</summary>
    public async ValueTask LoadForAsync(string toolName, CancellationToken cancellationToken)
    {
        var waiting = Candidates(toolName).Select(source => source.LoadAsync(force: false)).Where(load => !load.IsCompleted).ToList();
        if (waiting.Count > 0)
            await Task.WhenAll(waiting).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Loads a source's tools now; null where there is no such source.</summary>
    public async Task<SourceStatus?> RefreshAsync(string name, CancellationToken cancellationToken)
    {
        if (_sources.GetValueOrDefault(name) is not { } source)
            return null;

        await source.RefreshAsync().WaitAsync(cancellationToken);
        return source.Status;
    }

    /// <summary>All sources, by name.</summary>
    public IReadOnlyList<SourceStatus> List() =>
        [.. _sources.Values.Select(source => source.Status).OrderBy(status => status.Name, StringComparer.Ordinal)];

    /// <summary>One; null where there is none.</summary>
    public SourceStatus? Find(string name) => _sources.GetValueOrDefault(name)?.Status;

    /// <summary>The source that holds a tool of this name back; null where none does.</summary>
    public string? HolderOf(string toolName) =>
        _sources.Values.FirstOrDefault(source => source.Status.Held.Any(held => held.Tool.Name == toolName))?.Name;

    /// <summary>The source that failed and whose tools are named like this one; null where there is none.</summary>
    public SourceStatus? FailedFor(string toolName) => Candidates(toolName)
        .Where(source => source.Prefix is { Length: > 0 })
        .Select(source => source.Status)
        .FirstOrDefault(status => status.State is SourceState.Failed);

    /// <summary>Lets a tool be used that is held back.</summary>
    /// <param name="name">The source.</param>
    /// <param name="toolName">The tool.</param>
    /// <param name="definitionHash">The definition that is meant: another one stays held back.</param>
    /// <param name="approvedBy">Who says so.</param>
    public async Task<ApprovalOutcome> ApproveAsync(string name, string toolName, string definitionHash, string approvedBy) =>
        _sources.GetValueOrDefault(name) is { } source
            ? await source.ApproveAsync(toolName, definitionHash, approvedBy)
            : ApprovalOutcome.Unknown;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() =>
        // All at once, and each whatever becomes of the others: behind some there are processes to end.
        await Task.WhenAll(_sources.Values.Where(source => source.TryLeave()).Select(async source => await source.DisposeAsync()));

    // Tools are the catalog's by the name of their source: one that took such a name would take the tools away with it.
    private bool IsOfService(string name) =>
        string.Equals(name, ToolCatalog.TurnSource, StringComparison.OrdinalIgnoreCase)
        || (!_sources.ContainsKey(name)
            && _shared.Registry.Current.All.Any(tool => string.Equals(tool.Source, name, StringComparison.OrdinalIgnoreCase)));

    private IEnumerable<SourceOfTools> Candidates(string toolName) => _sources.Values.Where(source =>
        source.Prefix is not { } prefix || toolName.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
