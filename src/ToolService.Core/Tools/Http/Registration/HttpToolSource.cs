using System.Collections.Immutable;
using System.Text.Json;
using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Tools.Http.Registration;

/// <summary>The tools that are registered while the service runs. A definition that can no longer be read keeps none of the others.</summary>
internal sealed class HttpToolSource(IDefinitionStore store, HttpToolReader reader) : IToolSource
{
    /// <summary>The source's name, and the kind of its definitions in the store.</summary>
    public const string SourceName = "http";

    /// <inheritdoc cref="SourceName"/>
    public const string DefinitionKind = "http_tool";

    // What did not change stays the same tool: its slots and its breaker go on.
    private volatile ImmutableDictionary<string, (string Hash, Tool Tool)> _tools =
        ImmutableDictionary<string, (string Hash, Tool Tool)>.Empty;
    private volatile ImmutableDictionary<string, string> _loaded = ImmutableDictionary<string, string>.Empty;

    /// <inheritdoc/>
    public event Action? Changed
    {
        // Whoever changes a definition has it loaded at once.
        add { }
        remove { }
    }

    public string Name => SourceName;

    public string Kind => SourceName;

    public string? Prefix => null;

    public bool IsForeign => false;

    /// <summary>Whether these are the definitions that were last loaded.</summary>
    public bool IsCurrent(IReadOnlyList<StoredDefinition> definitions)
    {
        var loaded = _loaded;
        return loaded.Count == definitions.Count
            && definitions.All(definition => loaded.TryGetValue(definition.Name, out var hash) && hash == definition.Hash);
    }

    /// <summary>The hash of the definition of this name that was last loaded; null for none.</summary>
    public string? HashOf(string name) => _loaded.GetValueOrDefault(name);

    public async Task<SourceTools> LoadAsync(CancellationToken cancellationToken)
    {
        var definitions = await store.ListAsync(DefinitionKind, cancellationToken);
        var before = _tools;
        var tools = ImmutableDictionary.CreateBuilder<string, (string Hash, Tool Tool)>();
        List<SkippedTool> skipped = [];
        foreach (var definition in definitions)
        {
            if (before.TryGetValue(definition.Name, out var known) && known.Hash == definition.Hash)
                tools[definition.Name] = known;
            else if (Read(definition, out var reason) is { } tool)
                tools[definition.Name] = (definition.Hash, tool);
            else
                skipped.Add(new SkippedTool(definition.Name, reason));
        }

        _tools = tools.ToImmutable();
        _loaded = definitions.ToImmutableDictionary(definition => definition.Name, definition => definition.Hash);
        return new SourceTools([.. _tools.Values.Select(known => known.Tool)]) { Skipped = skipped };
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Tool? Read(StoredDefinition definition, out string reason)
    {
        try
        {
            var reading = reader.Read(HttpToolJson.Read(definition.Definition));
            reason = string.Join(' ', reading.Errors.Select(error => $"{error.Pointer}: {error.Message}"));
            return reading.Tool;
        }
        catch (JsonException)
        {
            reason = "Its definition was written by another version of the service and cannot be read; register it again.";
            return null;
        }
    }
}
