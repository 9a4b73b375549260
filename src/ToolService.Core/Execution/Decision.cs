using System.Security.Cryptography;
using System.Text.Json;

namespace ToolService.Core.Execution;

/// <summary>What a person decides on a confirmation.</summary>
/// <param name="Approve">Whether the call may run.</param>
/// <param name="DecidedBy">Who decides.</param>
/// <param name="Reason">Why, for the record and, on a denial, for the model.</param>
/// <param name="Arguments">Other arguments to run the call with, as JSON text; null for those that were asked about.</param>
public sealed record Decision(bool Approve, string DecidedBy, string? Reason = null, string? Arguments = null)
{
    /// <summary>
    /// A key by which the same decision, sent again, is answered with what came of the first: 1 to 128 of letters, digits, <c>_</c> and
    /// <c>-</c>. Null: who decides again is told that it was decided.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Tells decisions for the same from others, whatever their keys.</summary>
    internal string Fingerprint() =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new object?[] { Approve, Reason, Arguments })));
}
