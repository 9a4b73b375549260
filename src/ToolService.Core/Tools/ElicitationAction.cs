namespace ToolService.Core.Tools;

/// <summary>What a person did with a tool's question.</summary>
public enum ElicitationAction
{
    /// <summary>Answered it.</summary>
    Accept,

    /// <summary>Said no.</summary>
    Decline,

    /// <summary>Did not answer: nobody did in time, or nobody can.</summary>
    Cancel,
}
