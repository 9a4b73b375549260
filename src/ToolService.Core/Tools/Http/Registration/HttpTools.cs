using Microsoft.Extensions.Options;
using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Tools.Http.Registration;

/// <summary>
/// Registers, changes and removes HTTP tools while the service runs. A change is durable, and the tool is as it says, when its task
/// completes; calls at work end with the definition that they began with. Safe to use from any thread.
/// </summary>
public sealed class HttpTools : IDisposable
{
    private const string Kind = HttpToolSource.DefinitionKind;
    private const int MostLoads = 3;

    private readonly IDefinitionStore _store;
    private readonly HttpToolSource _source;
    private readonly ToolSources _sources;
    private readonly ToolRegistry _registry;
    private readonly HttpToolReader _reader;
    private readonly HttpToolsOptions _options;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _changing = new(1);

    internal HttpTools(
        IDefinitionStore store,
        HttpToolSource source,
        ToolSources sources,
        ToolRegistry registry,
        HttpToolReader reader,
        IOptions<HttpToolsOptions> options,
        TimeProvider time)
    {
        (_store, _source, _sources, _registry) = (store, source, sources, registry);
        (_reader, _options, _time) = (reader, options.Value, time);
    }

    /// <summary>A definition as it is stored; null where no such tool is registered.</summary>
    /// <param name="name">The tool's name.</param>
    /// <param name="cancellationToken">The caller gave up.</param>
    public Task<StoredDefinition?> FindAsync(string name, CancellationToken cancellationToken) =>
        _store.FindAsync(Kind, name, cancellationToken);

    /// <summary>Adds a tool; one with exactly this definition is left as it is.</summary>
    /// <param name="definition">What it is.</param>
    /// <param name="changedBy">Who says so.</param>
    public Task<HttpToolChange> RegisterAsync(HttpToolDefinition definition, string changedBy) =>
        SaveAsync(definition, changedBy, found => found is null ? null : new HttpToolChange(HttpToolOutcome.Exists) { Hash = found.Hash });

    /// <summary>Adds a tool, or gives one another definition.</summary>
    /// <param name="definition">What it is.</param>
    /// <param name="changedBy">Who says so.</param>
    /// <param name="condition">What must hold.</param>
    public Task<HttpToolChange> PutAsync(HttpToolDefinition definition, string changedBy, HttpToolCondition condition) => SaveAsync(
        definition, changedBy,
        found => condition.Holds(found?.Hash) ? null : new HttpToolChange(HttpToolOutcome.Changed) { Hash = found?.Hash },
        isConditional: condition != default);

    /// <summary>Removes a tool.</summary>
    /// <param name="name">The tool's name.</param>
    /// <param name="condition">What must hold.</param>
    public async Task<HttpToolChange> RemoveAsync(string name, HttpToolCondition condition)
    {
        await _changing.WaitAsync();
        try
        {
            if (await _store.FindAsync(Kind, name, CancellationToken.None) is not { } found)
                return new HttpToolChange(HttpToolOutcome.Unknown) { Owner = _registry.Current.Find(name)?.Source };
            if (!condition.Holds(found.Hash))
                return new HttpToolChange(HttpToolOutcome.Changed) { Hash = found.Hash };

            await _store.RemoveAsync(Kind, name);
            await LoadAsync(name, null);
            return new HttpToolChange(HttpToolOutcome.Removed);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _changing.Dispose();

    private async Task<HttpToolChange> SaveAsync(
        HttpToolDefinition definition, string changedBy, Func<StoredDefinition?, HttpToolChange?> refuse, bool isConditional = false)
    {
        var reading = _reader.Read(definition);
        if (reading.Tool is not { } tool)
            return new HttpToolChange(HttpToolOutcome.Invalid) { Errors = reading.Errors };

        var json = HttpToolJson.Write(definition);
        if (json.Length > _options.MaxDefinitionCharacters)
            return new HttpToolChange(HttpToolOutcome.TooLong);

        await _changing.WaitAsync();
        try
        {
            // Another replica may be faster; then what it wrote is looked at as anything that is there.
            while (true)
            {
                var all = await _store.ListAsync(Kind, CancellationToken.None);
                var found = all.FirstOrDefault(one => one.Name == definition.Name);
                var hash = HttpToolJson.Hash(json);
                if (found?.Hash == hash && !isConditional)
                    return await FinishAsync(HttpToolOutcome.Unchanged, tool, hash);
                if (refuse(found) is { } refusal)
                    return refusal;
                if (found?.Hash == hash)
                    return await FinishAsync(HttpToolOutcome.Unchanged, tool, hash);
                if (found is null && Owner(definition.Name, all) is { } owner)
                    return new HttpToolChange(HttpToolOutcome.NameTaken) { Owner = owner };
                if (found is null && all.Count >= _options.MaxTools)
                    return new HttpToolChange(HttpToolOutcome.TooMany);

                var now = _time.GetUtcNow();
                var stored = new StoredDefinition(Kind, definition.Name, json, hash)
                {
                    CreatedAt = found?.CreatedAt ?? now,
                    UpdatedAt = now,
                    ChangedBy = changedBy,
                };
                if (found is null ? await _store.TryAddAsync(stored) : await _store.TryReplaceAsync(stored, found.Hash))
                    return await FinishAsync(found is null ? HttpToolOutcome.Created : HttpToolOutcome.Replaced, tool, hash);
            }
        }
        finally
        {
            _changing.Release();
        }
    }

    private async Task<HttpToolChange> FinishAsync(HttpToolOutcome outcome, Tool tool, string hash)
    {
        await LoadAsync(tool.Name, hash);
        if (Registered(tool.Name) is { } current)
            return new HttpToolChange(outcome) { Tool = current, Hash = hash };

        // Another source took the name between the look and the load.
        if (outcome == HttpToolOutcome.Created)
            await _store.RemoveAsync(Kind, tool.Name);
        return new HttpToolChange(HttpToolOutcome.NameTaken) { Owner = _registry.Current.Find(tool.Name)?.Source ?? "" };
    }

    private Tool? Registered(string name) =>
        _registry.Current.Find(name) is { Source: HttpToolSource.SourceName } tool ? tool : null;

    /// <summary>Loads the tools until the change is among them: a load that had begun before does not have it.</summary>
    private async Task LoadAsync(string name, string? hash)
    {
        for (var i = 0; i < MostLoads; i++)
        {
            await _sources.RefreshAsync(HttpToolSource.SourceName, CancellationToken.None);
            if (_source.HashOf(name) == hash)
                return;
        }
    }

    private string? Owner(string name, IReadOnlyList<StoredDefinition> registered) =>
        registered.Any(one => string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase))
            ? HttpToolSource.SourceName
            : _registry.Current.Tools
                .Where(tool => tool.Source != HttpToolSource.SourceName)
                .FirstOrDefault(tool => string.Equals(tool.Name, name, StringComparison.OrdinalIgnoreCase))?.Source;
}
