using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using ToolService.Core.Schema;
using ToolService.Core.Schema.Normalization;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Tools;

/// <summary>Something callable: an <see cref="AIFunction"/> that does it, and the policy that applies to it.</summary>
public sealed partial class Tool
{
    // A misspelt keyword would silently let arguments through that its author wanted refused.
    private static readonly SchemaOptions SchemaRules = new() { UnknownKeywords = UnknownKeywordRule.RefuseMisspelt };
    private static readonly SchemaOptions SchemaRulesWithFormats = SchemaRules with { AssertFormats = true };
    private static readonly string[] ReservedNames = ["call", "register", "import", "history"];

    /// <summary>Checks and compiles the definition.</summary>
    /// <param name="function">What runs. Its name, description and schema are the tool's.</param>
    /// <param name="policy">What applies to it; null for the defaults of <see cref="ToolPolicy"/>.</param>
    /// <param name="source">Where the tool comes from, such as <c>built_in</c>.</param>
    /// <param name="tags">Words by which clients filter the listing.</param>
    /// <param name="target">What becomes <see cref="Target"/>.</param>
    /// <exception cref="ToolDefinitionException">The name is not valid everywhere, or the schema cannot be enforced.</exception>
    public Tool(
        AIFunction function, ToolPolicy? policy = null, string source = "code", IReadOnlyList<string>? tags = null, string? target = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (NameFailure(function.Name) is { } failure)
            throw new ToolDefinitionException(failure);

        Policy = policy ?? new ToolPolicy();
        Source = source;
        Tags = tags ?? [];
        Target = target;
        try
        {
            (InputSchema, var changes) = Tools.InputSchema.Normalize(function.JsonSchema);
            Schema = Compile(InputSchema, Policy);
            // Models are shown what is enforced.
            Function = changes.Count == 0 ? function : new DeclaredFunction(function, InputSchema);
            SchemaChanges = [.. changes, .. Schema.IgnoredKeywords.Select(Ignored)];
        }
        catch (JsonSchemaException e)
        {
            throw new ToolDefinitionException($"The input schema of tool '{function.Name}' cannot be enforced: {e.Message}", e);
        }

        DefinitionHash = Hash(ToolDefinition.Of(this));
    }

    private Tool(Tool other, ToolPolicy policy)
    {
        Function = other.Function;
        Policy = policy;
        Source = other.Source;
        Tags = other.Tags;
        Target = other.Target;
        InputSchema = other.InputSchema;
        SchemaChanges = other.SchemaChanges;
        Schema = policy.AssertFormats == other.Policy.AssertFormats ? other.Schema : Compile(InputSchema, policy);
        DefinitionHash = Hash(ToolDefinition.Of(this));
    }

    /// <summary>What runs. Its schema is <see cref="InputSchema"/>.</summary>
    public AIFunction Function { get; }

    /// <summary>The name by which models and clients call it.</summary>
    public string Name => Function.Name;

    /// <summary>What it does, for the model.</summary>
    public string Description => Function.Description;

    /// <summary>The JSON Schema of its arguments, as enforced and as shown to models and clients: an object's, and normalised.</summary>
    public JsonElement InputSchema { get; }

    /// <summary>What the declared schema said otherwise; empty where it is <see cref="InputSchema"/> as it stands.</summary>
    public IReadOnlyList<SchemaChange> SchemaChanges { get; }

    /// <summary>The same schema, compiled.</summary>
    public JsonSchema Schema { get; }

    /// <summary>What applies to it.</summary>
    public ToolPolicy Policy { get; }

    /// <summary>Where it comes from.</summary>
    public string Source { get; }

    /// <summary>Words by which clients filter the listing.</summary>
    public IReadOnlyList<string> Tags { get; }

    /// <summary>
    /// What a call of it sends where, as JSON text, such as a method and a URL; part of what a person approves, and without secrets. Null where
    /// the tool's code is the service's own.
    /// </summary>
    public string? Target { get; }

    /// <summary>
    /// SHA-256 of name, description, schema, target and what the tool does by its policy (read-only, idempotent, destructive, open world): a
    /// confirmation given for one definition does not hold for another.
    /// </summary>
    public string DefinitionHash { get; }

    /// <summary>The same tool under another policy.</summary>
    public Tool With(ToolPolicy policy) => new(this, policy);

    /// <summary>What is wrong with a name, in a sentence; null where nothing is.</summary>
    internal static string? NameFailure(string name)
    {
        if (!NamePattern().IsMatch(name))
            return $"Tool name '{JsonDisplay.Shorten(name)}' must be 1 to 64 of letters, digits, '_' and '-'.";
        return ReservedNames.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? $"Tool name '{name}' is reserved: it is part of a URL under /v1/tools."
            : null;
    }

    /// <summary>Checks a schema as that of a tool's arguments.</summary>
    /// <exception cref="JsonSchemaException">It cannot be enforced.</exception>
    internal static void CheckSchema(JsonElement schema) => JsonSchema.Compile(Tools.InputSchema.Normalize(schema).Schema, SchemaRules);

    private static JsonSchema Compile(JsonElement schema, ToolPolicy policy) =>
        JsonSchema.Compile(schema, policy.AssertFormats ? SchemaRulesWithFormats : SchemaRules);

    private static SchemaChange Ignored(IgnoredKeyword keyword) =>
        new(keyword.Pointer, $"'{JsonDisplay.Shorten(keyword.Name)}' is no keyword of JSON Schema: ignored.");

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
