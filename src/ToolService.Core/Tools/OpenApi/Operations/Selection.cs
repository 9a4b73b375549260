namespace ToolService.Core.Tools.OpenApi.Operations;

/// <summary>Which operations the options select.</summary>
internal sealed class Selection(OpenApiImportOptions options)
{
    private readonly FilterMatch _include = new(options.Include, "include");
    private readonly FilterMatch _exclude = new(options.Exclude, "exclude");

    /// <summary>Why the operation is left out; null where it is selected.</summary>
    public string? Objection(DeclaredOperation operation)
    {
        if (operation.IsDeprecated && !options.IncludeDeprecated)
            return "It is deprecated.";
        if (_include.Of(operation).Contains(false))
            return "'include' does not select it.";
        return _exclude.Of(operation).Contains(true) ? "'exclude' names it." : null;
    }
}
