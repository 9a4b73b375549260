using System.Text.Json;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Normalization;

/// <summary>Versions of the standard that are read as a later one, which means the same once the rules have been applied.</summary>
internal static class DialectRule
{
    private const string Draft04 = "json-schema.org/draft-04/schema";
    private const string Draft06 = "json-schema.org/draft-06/schema";
    private const string Draft07 = "http://json-schema.org/draft-07/schema#";
    private const string Latest = "https://json-schema.org/draft/2020-12/schema";

    /// <summary>Whether the document was written for draft-04.</summary>
    public static bool Apply(ObjectEdit document)
    {
        if (!document.TryGet("$schema", out var value) || value.ValueKind != JsonValueKind.String)
            return false;

        var uri = JsonText.Decode(value).TrimEnd('#');
        var separator = uri.IndexOf("://", StringComparison.Ordinal);
        var name = separator < 0 ? uri : uri[(separator + 3)..];
        if (name is Draft04 or Draft06)
            Read(document, value, Draft07);
        else if (name.StartsWith("spec.openapis.org/oas/3.", StringComparison.Ordinal))
            Read(document, value, Latest);
        return name == Draft04;
    }

    /// <summary>Draft-04 wrote <c>id</c> for <c>$id</c>.</summary>
    public static void ApplyId(ObjectEdit schema)
    {
        if (!schema.TryGet("id", out var id) || id.ValueKind != JsonValueKind.String || schema.Has("$id"))
            return;
        schema.Note("id", "'id' of draft-04 is taken as '$id'.");
        schema.Rename("id", "$id");
    }

    private static void Read(ObjectEdit document, JsonElement written, string dialect) =>
        document.Set("$schema", ObjectEdit.Parse($"\"{dialect}\""), $"{JsonDisplay.Show(written)} is read as \"{dialect}\".");
}
