using Microsoft.AspNetCore.Mvc;
using ToolService.Api.Hosting.Errors;
using ToolService.Api.Hosting.Security;
using ToolService.Core;
using ToolService.Core.Execution;

namespace ToolService.Api.History;

/// <summary>Which calls to read.</summary>
internal sealed record HistoryFilter
{
    /// <summary>Only calls of this tool.</summary>
    [FromQuery(Name = "tool")]
    public string? Tool { get; init; }

    /// <summary>Only calls with this status.</summary>
    [FromQuery(Name = "status")]
    public string? Status { get; init; }

    /// <summary>Only calls of this session.</summary>
    [FromQuery(Name = "session_id")]
    public string? SessionId { get; init; }

    /// <summary>Only calls of this turn.</summary>
    [FromQuery(Name = "turn_id")]
    public string? TurnId { get; init; }

    /// <summary>Only calls that arrived at this instant (ISO 8601) or later.</summary>
    [FromQuery(Name = "from")]
    public DateTimeOffset? From { get; init; }

    /// <summary>Only calls that arrived before this instant.</summary>
    [FromQuery(Name = "to")]
    public DateTimeOffset? To { get; init; }

    /// <summary>The filter as the store takes it; the problem where it is not valid.</summary>
    public ProblemResult? TryRead(Caller caller, out CallQuery query)
    {
        query = new CallQuery { Owner = caller.SeesEverything ? null : caller.Name, ToolName = Tool, SessionId = SessionId, TurnId = TurnId, From = From, To = To };
        if (Status is null)
            return null;
        if (!SnakeCaseNames<CallStatus>.TryParse(Status, out var status))
            return Problems.BadRequest(
                "invalid_request", $"There is no status '{Status}'; choose one of {string.Join(", ", SnakeCaseNames<CallStatus>.All)}.");

        query = query with { Status = status };
        return null;
    }
}
