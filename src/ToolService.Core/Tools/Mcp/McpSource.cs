using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Authentication;
using ToolService.Core.Schema;
using ToolService.Core.Tools.Http;
using ToolService.Core.Tools.Mcp.Authorization;
using ToolService.Core.Tools.Mcp.Listing;
using ToolService.Core.Tools.Mcp.Sessions;
using ToolService.Core.Tools.Secrets;
using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Tools.Mcp;

/// <summary>An MCP server as a source of tools.</summary>
internal sealed class McpSource : IToolSource
{
    /// <summary>What such a source is.</summary>
    public const string SourceKind = "mcp";

    private readonly McpServer _server;
    private readonly McpConnection _connection;
    private readonly McpAuthorization _authorization;
    private readonly ToolPatterns? _allowed;
    private readonly ToolPatterns _denied;
    private readonly SemaphoreSlim? _slots;
    private readonly int _maxTools;

    public McpSource(McpServer server, GuardedHttp http, SecretStore secrets, int maxTools, TimeProvider time, ILogger logger)
    {
        (_server, _maxTools) = (server, maxTools);
        _authorization = new McpAuthorization(server.Name, logger);
        _connection = new McpConnection(server, new McpConnector(server, _authorization, http, secrets, time, logger), _authorization, time, logger);
        _connection.Changed += () => Changed?.Invoke();
        _allowed = server.Options.Allowed.Count > 0 ? ToolPatterns.Parse(server.Options.Allowed) : null;
        _denied = ToolPatterns.Parse(server.Options.Denied);
        _slots = server.Options.MaxParallelCalls is { } most ? new SemaphoreSlim(most) : null;
    }

    public event Action? Changed;

    public string Name => _server.Name;

    public string Kind => SourceKind;

    public string? Prefix => _server.ToolPrefix.Length > 0 ? _server.ToolPrefix : null;

    public bool IsForeign => true;

    /// <summary>Whether a person can be asked to authorize the service.</summary>
    public bool CanAuthorize => _server.Options.OAuth.Enabled;

    public async Task<SourceTools> LoadAsync(CancellationToken cancellationToken)
    {
        var session = await _connection.GetAsync(force: true, cancellationToken);
        try
        {
            return Build(await new ToolLister(Name, _maxTools).ListAsync(session.Client, cancellationToken));
        }
        catch (Exception e) when (e is not ToolException && !cancellationToken.IsCancellationRequested)
        {
            throw session.Fault is { } fault
                ? new ToolException($"The MCP server '{Name}' cannot be used. {fault}", e)
                : McpFailure.OfConnecting(e, Name);
        }
    }

    /// <summary>Begins to ask for access, and answers where a person is to go; null where the server does not ask for any.</summary>
    /// <exception cref="ToolException">The server cannot be reached.</exception>
    public async Task<Uri?> AuthorizeAsync(CancellationToken cancellationToken)
    {
        if (_authorization.Url is { } asked)
            return asked;

        _connection.Restart();
        try
        {
            await _connection.GetAsync(force: false, cancellationToken);
            return null;
        }
        catch (ToolException) when (_authorization.Url is not null)
        {
            return _authorization.Url;
        }
    }

    /// <summary>Takes a person's answer; false where it belongs to no question of this source.</summary>
    public bool TryAnswer(string state, string? code, string? issuer, string? error) => code is null
        ? _authorization.TryRefuse(state, error ?? "no code was given")
        : _authorization.TryAnswer(state, new AuthorizationResult { Code = code, State = state, Iss = issuer });

    // The slots are left to calls that still run, which give theirs back.
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private SourceTools Build(RemoteTools found)
    {
        List<Tool> tools = [];
        List<SkippedTool> skipped = [.. found.Skipped];
        foreach (var (tool, name) in found.Tools.Zip(ToolNames.For(_server.ToolPrefix, [.. found.Tools.Select(tool => tool.Name)])))
        {
            try
            {
                tools.Add(Build(tool, name ?? throw new ToolDefinitionException("Another of the server's tools has the same name, but for its case.")));
            }
            catch (ToolDefinitionException e)
            {
                skipped.Add(new SkippedTool(RemoteText.Line(tool.Name, 100), e.Message));
            }
        }

        return new SourceTools(tools) { Skipped = skipped };
    }

    private Tool Build(RemoteTool tool, string name)
    {
        var remoteName = ToolNames.Valid(tool.Name);
        if (_denied.Matches(remoteName) || _allowed?.Matches(remoteName) is false)
            throw new ToolDefinitionException("The source's settings Allowed and Denied leave it out.");

        var policy = tool.Hints.Policy(_server.Options.TrustAnnotations, _server.Options.CallTimeout);
        var target = new JsonObject { ["mcp_server"] = _server.Address, ["tool"] = tool.Name };
        return new Tool(
            new McpFunction(name, tool, new McpResults(Name, Output(tool)), Name, _connection, _slots, policy),
            policy, Name, target: target.ToJsonString());
    }

    private static JsonSchema? Output(RemoteTool tool)
    {
        try
        {
            return tool.OutputSchema is { } schema ? JsonSchema.Compile(schema) : null;
        }
        catch (JsonSchemaException e)
        {
            throw new ToolDefinitionException($"Its outputSchema cannot be enforced: {e.Message}", e);
        }
    }
}
