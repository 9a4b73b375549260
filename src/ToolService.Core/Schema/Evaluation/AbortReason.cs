namespace ToolService.Core.Schema.Evaluation;

/// <summary>Why a run gave up. The instance is invalid then, also where a <c>not</c> would have turned the verdict around.</summary>
internal enum AbortReason
{
    None,
    TooDeep,
    TooMuchWork,
    PatternTimeout,
}
