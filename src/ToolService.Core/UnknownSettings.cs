using System.Collections;
using System.ComponentModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ToolService.Core;

/// <summary>
/// Finds settings that nothing reads, or that nothing can read: the framework leaves out a whole entry of a list or dictionary for one value
/// that it cannot convert. A misspelt rule that is ignored is worse than none.
/// </summary>
public static class UnknownSettings
{
    /// <summary>Binds a section to its options.</summary>
    /// <exception cref="OptionsValidationException">
    /// The section, at any depth, has a setting that the options do not have, or a value of another type; every one is named.
    /// </exception>
    public static void BindStrictly<TOptions>(this IConfiguration section, string name, TOptions options)
        where TOptions : class
    {
        var unknown = In(section, name, typeof(TOptions)).ToList();
        if (unknown.Count > 0)
            throw new OptionsValidationException(name, typeof(TOptions), unknown);

        section.Bind(options);
    }

    private static IEnumerable<string> In(IConfiguration section, string path, Type type)
    {
        if (ElementOf(type) is { } element)
            return section.GetChildren().SelectMany(child => In(child, $"{path}:{child.Key}", element));
        if (TypeDescriptor.GetConverter(type) is var converter && converter.CanConvertFrom(typeof(string)))
            return section is IConfigurationSection { Value: { } value } && !CanRead(converter, value) ? [$"{path}: '{value}' is not {NameOf(type)}."] : [];

        var properties = type.GetProperties().ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        return section.GetChildren().SelectMany(child => properties.TryGetValue(child.Key, out var property)
            ? In(child, $"{path}:{child.Key}", property.PropertyType)
            : [$"{path}:{child.Key}: there is no such setting; {path} has {string.Join(", ", properties.Keys)}."]);
    }

    private static bool CanRead(TypeConverter converter, string value)
    {
        try
        {
            converter.ConvertFromInvariantString(value);
            return true;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or NotSupportedException or OverflowException)
        {
            return false;
        }
    }

    private static string NameOf(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
            return $"one of {string.Join(", ", Enum.GetNames(type))}";
        if (type == typeof(bool))
            return "true or false";
        if (type == typeof(TimeSpan))
            return "a duration such as 00:00:30";
        return type == typeof(int) || type == typeof(long) ? "a whole number in range" : $"a {type.Name}";
    }

    /// <summary>What a list or dictionary holds; null for anything else.</summary>
    private static Type? ElementOf(Type type) =>
        type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable)) && type.IsGenericType ? type.GenericTypeArguments[^1] : null;
}
