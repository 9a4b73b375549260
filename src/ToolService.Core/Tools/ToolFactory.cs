using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Tools;

/// <summary>
/// Makes tools of C# methods. Name, description, parameters, their defaults and their validation attributes become the definition that
/// models see, in snake_case. <see cref="CancellationToken"/>, <see cref="TimeProvider"/>, <see cref="IServiceProvider"/> and
/// <see cref="AIFunctionArguments"/> parameters are supplied by the service and not shown.
/// </summary>
public static class ToolFactory
{
    private const BindingFlags AnyMethod =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    private static readonly AIJsonSchemaCreateOptions SchemaOptions = new() { TransformSchemaNode = MethodSchema.TransformNode };

    /// <summary>Makes a tool of one method.</summary>
    /// <param name="method">A method group, local function or lambda.</param>
    /// <param name="name">
    /// The tool's name; null takes that of its <see cref="ToolAttribute"/>, else the method's in snake_case without <c>Async</c>.
    /// </param>
    /// <param name="description">
    /// What it does, for the model; null takes that of its <see cref="System.ComponentModel.DescriptionAttribute"/>.
    /// </param>
    /// <param name="policy">What applies to it; null takes that of its <see cref="ToolAttribute"/>, else the defaults.</param>
    /// <param name="source">Where it comes from. Default <c>code</c>.</param>
    /// <exception cref="ToolDefinitionException">The method cannot be a tool; the message says why.</exception>
    public static Tool FromMethod(
        Delegate method, string? name = null, string? description = null, ToolPolicy? policy = null, string source = "code")
    {
        ArgumentNullException.ThrowIfNull(method);
        return Create(method.Method, options => AIFunctionFactory.Create(method, options), source, name, description, policy);
    }

    /// <summary>Makes a tool of every public method that has a <see cref="ToolAttribute"/>.</summary>
    /// <param name="instance">What the methods belong to; it must be safe to use from several threads.</param>
    /// <param name="source">Where the tools come from, such as <c>built_in</c>.</param>
    /// <exception cref="ToolDefinitionException">There is none, one is not public, or one cannot be a tool.</exception>
    public static IReadOnlyList<Tool> FromObject(object instance, string source)
    {
        ArgumentNullException.ThrowIfNull(instance);
        var type = instance.GetType();
        MethodInfo[] methods = [.. type.GetMethods(AnyMethod).Where(method => method.IsDefined(typeof(ToolAttribute)))];
        if (methods.Length == 0)
            throw new ToolDefinitionException($"{type.Name} has no method marked [Tool].");
        if (methods.FirstOrDefault(method => !method.IsPublic) is { } hidden)
            throw new ToolDefinitionException($"{type.Name}.{hidden.Name} is marked [Tool] and must be public.");

        return [.. methods.Select(method => Create(method, Bind(method), source))];

        Func<AIFunctionFactoryOptions, AIFunction> Bind(MethodInfo method) =>
            options => AIFunctionFactory.Create(method, method.IsStatic ? null : instance, options);
    }

    private static Tool Create(
        MethodInfo method,
        Func<AIFunctionFactoryOptions, AIFunction> create,
        string source,
        string? name = null,
        string? description = null,
        ToolPolicy? policy = null)
    {
        var attribute = method.GetCustomAttribute<ToolAttribute>();
        var options = new AIFunctionFactoryOptions
        {
            Name = name ?? attribute?.Name ?? DefaultName(method),
            Description = description,
            SerializerOptions = ToolJson.Options,
            JsonSchemaCreateOptions = SchemaOptions,
            ConfigureParameterBinding = ToolParameters.Bind,
            ExcludeResultSchema = true,
            // Whoever calls the tool serializes the result, once.
            MarshalResult = (result, _, _) => ValueTask.FromResult(result),
        };
        RefuseStream(method, options.Name);
        try
        {
            var function = create(options);
            var schema = MethodSchema.For(method, function.JsonSchema);
            return new Tool(new DeclaredFunction(function, schema), policy ?? PolicyOf(attribute), source, attribute?.Tags);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or JsonException or NotSupportedException)
        {
            throw new ToolDefinitionException($"Method {method.Name} cannot be the tool '{options.Name}': {e.Message}", e);
        }
    }

    private static string DefaultName(MethodInfo method)
    {
        // The compiler calls a local function `<Outer>g__Name|0_1`, and a lambda by no name that a person gave.
        var name = method.Name;
        if (name.IndexOf(">g__", StringComparison.Ordinal) is var local and >= 0)
            name = name[(local + 4)..name.LastIndexOf('|')];
        else if (name.StartsWith('<'))
            throw new ToolDefinitionException("A lambda has no name of its own: give the tool one.");

        return JsonNamingPolicy.SnakeCaseLower.ConvertName(name is [_, .., 'A', 's', 'y', 'n', 'c'] ? name[..^"Async".Length] : name);
    }

    private static void RefuseStream(MethodInfo method, string name)
    {
        if (method.ReturnType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>))
            throw new ToolDefinitionException($"Method {method.Name} cannot be the tool '{name}': return a list instead of a stream.");
    }

    private static ToolPolicy? PolicyOf(ToolAttribute? attribute)
    {
        if (attribute is null)
            return null;
        if (attribute.TimeoutSeconds is not (>= 0 and <= 86_400))
            throw new ToolDefinitionException($"TimeoutSeconds of '{attribute.Name}' must be 0 to 86400, is {attribute.TimeoutSeconds}.");

        return new ToolPolicy
        {
            ReadOnly = attribute.ReadOnly,
            Idempotent = attribute.Idempotent,
            Destructive = attribute.Destructive,
            OpenWorld = attribute.OpenWorld,
            Volatile = attribute.Volatile,
            RequiresConfirmation = attribute.RequiresConfirmation,
            Timeout = attribute.TimeoutSeconds > 0 ? TimeSpan.FromSeconds(attribute.TimeoutSeconds) : null,
        };
    }
}
