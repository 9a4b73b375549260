using System.Net.Http.Headers;

namespace ToolService.Core.Tools.OpenApi.Operations;

/// <summary>What kinds of content types there are.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string Form = "application/x-www-form-urlencoded";
    public const string Multipart = "multipart/form-data";

    /// <summary>The type without its parameters, in lower case.</summary>
    public static string Essence(string type) => type.Split(';')[0].Trim().ToLowerInvariant();

    public static bool IsJson(string type)
    {
        var essence = Essence(type);
        return essence is Json or "text/json" || essence.EndsWith("+json", StringComparison.Ordinal);
    }

    public static bool IsForm(string type) => Essence(type) == Form;

    public static bool IsMultipart(string type) => Essence(type) == Multipart;

    /// <summary>Whether a value of this type is text as it is.</summary>
    public static bool IsText(string type)
    {
        var essence = Essence(type);
        return IsJson(type)
            || essence is "application/xml" or "application/yaml"
            || essence.EndsWith("+xml", StringComparison.Ordinal)
            || essence.StartsWith("text/", StringComparison.Ordinal);
    }

    /// <summary>Which of the types is written best from arguments: JSON, then forms, then text; null where there is none.</summary>
    public static string? Best(IReadOnlyCollection<string> types) =>
        types.FirstOrDefault(type => Essence(type) == Json)
        ?? types.FirstOrDefault(IsJson)
        ?? types.FirstOrDefault(type => Essence(type) is "*/*" or "application/*")
        ?? types.FirstOrDefault(IsForm)
        ?? types.FirstOrDefault(IsMultipart)
        ?? types.FirstOrDefault(type => Essence(type).StartsWith("text/", StringComparison.Ordinal))
        ?? types.FirstOrDefault();

    /// <summary>The type to send where the document names a range of types; null for what is no content type.</summary>
    public static string? Sent(string type) => Essence(type) switch
    {
        "*/*" or "application/*" => Json,
        "text/*" => "text/plain",
        var range when range.EndsWith("/*", StringComparison.Ordinal) => "application/octet-stream",
        _ => MediaTypeHeaderValue.TryParse(type, out _) ? type : null,
    };
}
