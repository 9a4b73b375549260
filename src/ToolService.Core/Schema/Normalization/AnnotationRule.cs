namespace ToolService.Core.Schema.Normalization;

/// <summary>OpenAPI's keywords that restrict nothing.</summary>
internal static class AnnotationRule
{
    private static readonly string[] Dropped = ["discriminator", "xml", "externalDocs", "propertyOrdering"];

    public static void Apply(ObjectEdit schema)
    {
        foreach (var keyword in Dropped)
        {
            if (schema.Has(keyword))
                schema.Remove(keyword, $"'{keyword}' restricts nothing: removed.");
        }

        if (!schema.TryGet("example", out var example))
            return;
        if (schema.Has("examples"))
        {
            schema.Remove("example", "'example' beside 'examples': removed.");
            return;
        }

        schema.Note("example", "'example' is taken as 'examples' with one item.");
        schema.Rename("example", "examples");
        schema.Set("examples", ObjectEdit.List([example]));
    }
}
