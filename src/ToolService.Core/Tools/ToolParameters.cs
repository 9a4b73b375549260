using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;
using BindingOptions = Microsoft.Extensions.AI.AIFunctionFactoryOptions.ParameterBindingOptions;

namespace ToolService.Core.Tools;

/// <summary>Gives a method's parameters their values: from the arguments under their snake_case names, or from the service.</summary>
internal static class ToolParameters
{
    /// <summary>The parameter's name as the model sees it.</summary>
    public static string NameOf(ParameterInfo parameter) => JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter.Name ?? "");

    /// <summary>Decides once, when the tool is made, where a parameter's values come from.</summary>
    public static BindingOptions Bind(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (type == typeof(CancellationToken) || type == typeof(IServiceProvider) || type == typeof(AIFunctionArguments))
            return default;

        return type == typeof(TimeProvider)
            ? new() { ExcludeFromSchema = true, BindParameter = (_, arguments) => Clock(arguments) }
            : new() { BindParameter = ArgumentReader(parameter) };
    }

    private static object Clock(AIFunctionArguments arguments) =>
        arguments.Services?.GetService(typeof(TimeProvider)) ?? TimeProvider.System;

    private static Func<ParameterInfo, AIFunctionArguments, object?> ArgumentReader(ParameterInfo parameter)
    {
        var name = NameOf(parameter);
        var type = ToolJson.Arguments.GetTypeInfo(parameter.ParameterType);
        var isOptional = TryGetDefault(parameter, out var defaultValue);
        return (_, arguments) =>
            arguments.TryGetValue(name, out var value) ? Read(name, value, type)
            : isOptional ? defaultValue
            : throw new ToolException($"Argument '{name}' is missing.");
    }

    private static object? Read(string name, object? value, JsonTypeInfo type)
    {
        if (type.Type.IsInstanceOfType(value))
            return value;

        try
        {
            return (value as JsonElement? ?? JsonSerializer.SerializeToElement(value, ToolJson.Options)).Deserialize(type);
        }
        catch (JsonException e)
        {
            var place = e.Path is { Length: > 1 } path ? $" (at {path})" : "";
            throw new ToolException($"Argument '{name}' cannot be read as {Describe(type.Type)}{place}.", e);
        }
    }

    private static string Describe(Type type) =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName((Nullable.GetUnderlyingType(type) ?? type).Name.Split('`')[0]);

    private static bool TryGetDefault(ParameterInfo parameter, out object? value)
    {
        var attribute = parameter.GetCustomAttribute<DefaultValueAttribute>();
        value = parameter.HasDefaultValue ? parameter.DefaultValue : attribute?.Value;

        // Reflection gives the default of an optional nullable enum as its number, which an invocation does not take.
        if (value is not null && Nullable.GetUnderlyingType(parameter.ParameterType) is { IsEnum: true } enumeration)
            value = Enum.ToObject(enumeration, value);
        return parameter.HasDefaultValue || attribute is not null;
    }
}
