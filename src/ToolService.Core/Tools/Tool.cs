using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using ToolService.Core.Schema;

namespace ToolService.Core.Tools;

/// <summary>Something callable: an <see cref="AIFunction"/> that does it, and the policy that applies to it.</summary>
public sealed partial class Tool
{
    private static readonly string[] ReservedNames = ["call", "register", "history"];

    /// <summary>Checks and compiles the definition.</summary>
    /// <param name="function">What runs. Its name, description and schema are the tool's.</param>
    /// <param name="policy">What applies to it; null for the defaults of <see cref="ToolPolicy"/>.</param>
    /// <param name="source">Where the tool comes from, such as <c>built_in</c>.</param>
    /// <param name="tags">Words by which clients filter the listing.</param>
    /// <exception cref="ToolDefinitionException">The name is not valid everywhere, or the schema cannot be enforced.</exception>
    public Tool(AIFunction function, ToolPolicy? policy = null, string source = "code", IReadOnlyList<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (!NamePattern().IsMatch(function.Name))
            throw new ToolDefinitionException($"Tool name '{function.Name}' must be 1 to 64 of letters, digits, '_' and '-'.");
        if (ReservedNames.Contains(function.Name, StringComparer.OrdinalIgnoreCase))
            throw new ToolDefinitionException($"Tool name '{function.Name}' is reserved: it is part of a URL under /v1/tools.");

        Function = function;
        Policy = policy ?? new ToolPolicy();
        Source = source;
        Tags = tags ?? [];
        InputSchema = function.JsonSchema;
        if (InputSchema.ValueKind != JsonValueKind.Object)
            throw new ToolDefinitionException($"The input schema of tool '{function.Name}' must be a JSON object.");

        try
        {
            Schema = JsonSchema.Compile(InputSchema);
        }
        catch (JsonSchemaException e)
        {
            throw new ToolDefinitionException($"The input schema of tool '{function.Name}' cannot be enforced: {e.Message}", e);
        }

        DefinitionHash = Hash($"{Name}\n{Description}\n{InputSchema.GetRawText()}");
    }

    private Tool(Tool other, ToolPolicy policy)
    {
        Function = other.Function;
        Policy = policy;
        Source = other.Source;
        Tags = other.Tags;
        InputSchema = other.InputSchema;
        Schema = other.Schema;
        DefinitionHash = other.DefinitionHash;
    }

    /// <summary>What runs.</summary>
    public AIFunction Function { get; }

    /// <summary>The name by which models and clients call it.</summary>
    public string Name => Function.Name;

    /// <summary>What it does, for the model.</summary>
    public string Description => Function.Description;

    /// <summary>The JSON Schema of its arguments, as declared.</summary>
    public JsonElement InputSchema { get; }

    /// <summary>The same schema, compiled.</summary>
    public JsonSchema Schema { get; }

    /// <summary>What applies to it.</summary>
    public ToolPolicy Policy { get; }

    /// <summary>Where it comes from.</summary>
    public string Source { get; }

    /// <summary>Words by which clients filter the listing.</summary>
    public IReadOnlyList<string> Tags { get; }

    /// <summary>SHA-256 of name, description and schema: a confirmation given for one definition does not hold for another.</summary>
    public string DefinitionHash { get; }

    /// <summary>The same tool under another policy.</summary>
    public Tool With(ToolPolicy policy) => new(this, policy);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
