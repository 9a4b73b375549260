using System.Text.Json;
using System.Text.Json.Serialization;

namespace ToolService.Api.Hosting.Errors;

/// <summary>Why a request failed (RFC 9457).</summary>
public sealed record Problem
{
    /// <summary>The HTTP status in words.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What went wrong and what to change.</summary>
    public string? Detail { get; init; }

    /// <summary>The kind of failure, for programs.</summary>
    public string? Code { get; init; }

    /// <summary>Finds the request in the service's logs and traces.</summary>
    public string? TraceId { get; init; }

    /// <summary>Where the request is invalid, each place.</summary>
    public IReadOnlyList<ProblemError>? Errors { get; init; }

    /// <summary>Members that belong to this <see cref="Code"/>.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extensions { get; set; }
}
