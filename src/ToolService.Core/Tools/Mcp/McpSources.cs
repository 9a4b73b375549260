using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ToolService.Core.Tools.Http;
using ToolService.Core.Tools.Secrets;
using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Tools.Mcp;

/// <summary>The MCP servers that the service knows: those of the configuration, and those that were added while it ran.</summary>
public sealed class McpSources(
    ToolSources sources,
    IDefinitionStore definitions,
    GuardedHttp http,
    SecretStore secrets,
    IOptions<McpOptions> options,
    IOptions<SourcesOptions> sourcesOptions,
    TimeProvider time,
    ILogger<McpSources> logger) : IInitialSources, IRemovableSources
{
    private readonly ConcurrentDictionary<string, McpSource> _sources = new(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public string Kind => McpSource.SourceKind;

    async Task IInitialSources.AddAsync(ToolSources sources, CancellationToken cancellationToken)
    {
        foreach (var (name, server) in options.Value.Servers.Where(server => server.Value.Enabled))
            Add(name, server);
        foreach (var stored in await definitions.ListAsync(McpSource.SourceKind, cancellationToken))
            Restore(stored);
    }

    /// <summary>What is wrong with the references to secrets in a server's headers and client secret; null where nothing is.</summary>
    public string? CheckSecrets(McpServerOptions server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return server.Headers.Values.Append(server.OAuth.ClientSecret ?? "").Select(value => secrets.Check(value, server.Url))
            .FirstOrDefault(wrong => wrong is not null);
    }

    /// <summary>Adds a server, now and after every restart; nothing is reached.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="server">The server, which satisfies <see cref="McpServerRules"/> and has a URL.</param>
    /// <param name="addedBy">Who adds it.</param>
    /// <returns>False where a source has the name.</returns>
    public async Task<bool> TryAddAsync(string name, McpServerOptions server, string addedBy)
    {
        var definition = McpDefinition.Of(server).ToJson();
        var now = time.GetUtcNow();
        if (sources.Find(name) is not null || !await definitions.TryAddAsync(new StoredDefinition(McpSource.SourceKind, name, definition, Hash(definition))
        {
            CreatedAt = now,
            UpdatedAt = now,
            ChangedBy = addedBy,
        }))
            return false;

        try
        {
            Add(name, server);
            return true;
        }
        catch (ToolDefinitionException)
        {
            await definitions.RemoveAsync(McpSource.SourceKind, name);
            return false;
        }
    }

    /// <inheritdoc/>
    public async Task<bool> RemoveAsync(string name)
    {
        // One of the configuration may have taken the name of one that is stored.
        var isConfigured = options.Value.Servers.TryGetValue(name, out var configured) && configured.Enabled;
        if (isConfigured || !await definitions.RemoveAsync(McpSource.SourceKind, name))
            return false;

        _sources.TryRemove(name, out _);
        await sources.RemoveAsync(name);
        return true;
    }

    /// <summary>Whether a person can authorize the service at this server; null where there is no such server.</summary>
    public bool? CanAuthorize(string name) => _sources.GetValueOrDefault(name)?.CanAuthorize;

    /// <summary>Begins to ask a server for access.</summary>
    /// <returns>Where a person is to go; null where the server lets the service in without that.</returns>
    /// <exception cref="ToolException">The server cannot be reached.</exception>
    public Task<Uri?> AuthorizeAsync(string name, CancellationToken cancellationToken) =>
        _sources.TryGetValue(name, out var source)
            ? source.AuthorizeAsync(cancellationToken)
            : throw new ToolException($"The source '{name}' was removed.");

    /// <summary>Takes the answer that a person brings back from an authorization server; false where nobody asked for it.</summary>
    /// <param name="state">What the question carried.</param>
    /// <param name="code">What access can be had for; null where the person said no.</param>
    /// <param name="issuer">Who answers, where the answer says so.</param>
    /// <param name="error">Why there is no code.</param>
    public bool TryCompleteAuthorization(string state, string? code, string? issuer, string? error) =>
        _sources.Values.Any(source => source.TryAnswer(state, code, issuer, error));

    private void Add(string name, McpServerOptions server)
    {
        var source = new McpSource(new McpServer(name, server), http, secrets, sourcesOptions.Value.MaxToolsPerSource, time, logger);
        sources.Add(source);
        _sources[name] = source;
    }

    private void Restore(StoredDefinition stored)
    {
        try
        {
            var server = McpDefinition.Parse(stored.Definition).ToOptions();
            if (McpServerRules.Failures(stored.Name, server).Any())
                logger.DefinitionUnreadable(null, stored.Name);
            else
                Add(stored.Name, server);
        }
        catch (JsonException e)
        {
            logger.DefinitionUnreadable(e, stored.Name);
        }
        catch (ToolDefinitionException)
        {
            logger.DefinedTwice(stored.Name);
        }
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
