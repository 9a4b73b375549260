using Microsoft.Extensions.Options;

namespace ToolService.Core.Tools.Mcp;

/// <summary>Refuses settings under <c>Mcp</c> that cannot work, naming the setting.</summary>
public sealed class McpOptionsValidation : IValidateOptions<McpOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, McpOptions options)
    {
        var failures = options.Servers
            .SelectMany(server => McpServerRules.Failures(server.Key, server.Value)
                .Select(failure => $"{McpOptions.Section}:Servers:{server.Key}:{failure.Member} {failure.Problem}"))
            .ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
