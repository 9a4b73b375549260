namespace ToolService.Core.Models.TextCalls;

/// <summary>Where in an answer a marker counts.</summary>
internal enum MarkerPlacement
{
    /// <summary>Everywhere outside of code and quotes.</summary>
    Anywhere,

    /// <summary>Only where nothing but white space is before it.</summary>
    Start,

    /// <summary>Only after something else that the same format understood.</summary>
    AfterOwn,

    /// <summary>Only after a call.</summary>
    AfterCall,
}
