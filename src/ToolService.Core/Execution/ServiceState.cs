using System.Globalization;

namespace ToolService.Core.Execution;

/// <summary>Whether the operator lets the service run anything.</summary>
/// <param name="IsStopped">Whether nothing may run.</param>
/// <param name="Since">When it was stopped or started; where nobody ever did either, when this process began.</param>
/// <param name="ChangedBy">Who stopped or started it; null where nobody did.</param>
/// <param name="Reason">Why it was stopped, in the operator's words; callers read it.</param>
public sealed record ServiceState(bool IsStopped, DateTimeOffset Since, string? ChangedBy = null, string? Reason = null)
{
    /// <summary>That the operator has stopped the service, in the words that everybody reads who is refused.</summary>
    public string Explain() =>
        string.Create(CultureInfo.InvariantCulture, $"The operator stopped the service at {Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC")
        + (Reason is null ? "." : $" ({Reason}).");
}
