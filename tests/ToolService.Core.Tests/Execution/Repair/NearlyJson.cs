namespace ToolService.Core.Tests.Execution.Repair;

/// <summary>Ways in which text is nearly JSON.</summary>
[Flags]
internal enum NearlyJson
{
    None = 0,
    SingleQuotes = 1,
    BareNames = 2,
    TrailingCommas = 4,
    PythonLiterals = 8,
    Fence = 16,
    All = 31,
}
