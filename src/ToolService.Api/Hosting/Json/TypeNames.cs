namespace ToolService.Api.Hosting.Json;

/// <summary>JSON's words for .NET's types.</summary>
internal static class TypeNames
{
    /// <summary>What a value of the type is, such as <c>an integer</c>.</summary>
    public static string Of(Type type)
    {
        var actual = Nullable.GetUnderlyingType(type) ?? type;
        if (actual.IsEnum)
            return $"one of {string.Join(", ", Enum.GetNames(actual).Select(System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName))}";

        return actual == typeof(string) || actual == typeof(bool) || actual.IsPrimitive || actual.Namespace == nameof(System)
            ? Of(actual.Name)
            : typeof(System.Collections.IEnumerable).IsAssignableFrom(actual) && !actual.Name.Contains("Dictionary", StringComparison.Ordinal) ? "an array" : "an object";
    }

    /// <summary>The same for a name, as C# writes it or .NET does.</summary>
    public static string Of(string name) => name.TrimEnd('?').Replace("Nullable<", "", StringComparison.Ordinal).TrimEnd('>') switch
    {
        "string" or "String" => "a string",
        "bool" or "Boolean" => "true or false",
        "int" or "Int32" or "long" or "Int64" or "short" or "Int16" or "byte" or "Byte" => "an integer",
        "double" or "Double" or "float" or "Single" or "decimal" or "Decimal" => "a number",
        "DateTimeOffset" or "DateTime" => "an instant such as 2026-01-31T12:00:00Z",
        "Uri" => "an absolute URL",
        _ => "another kind of value",
    };
}
