namespace ToolService.Core.Tools.BuiltIn.Search;

/// <summary>How old what is found may be.</summary>
internal enum Freshness
{
    Day,
    Week,
    Month,
    Year,
}
