namespace ToolService.Core.Tools.BuiltIn.Arithmetic;

/// <summary>The named numbers.</summary>
internal static class Constants
{
    public static Number Named(Token name) => name.Text.ToUpperInvariant() switch
    {
        "PI" or "Π" => Number.Approximate(Math.PI),
        "E" => Number.Approximate(Math.E),
        _ when Function.Exists(name) =>
            throw new ToolException($"'{name.Text}' at position {name.Position} is a function: write {name.Text}(…)"),
        _ => throw new ToolException($"unknown name {name}: the constants are pi and e"),
    };
}
