using System.Text.Json.Nodes;
using ToolService.Api.Hosting.Errors;
using ToolService.Core.Tools.Http.Registration;

namespace ToolService.Api.Tools;

/// <summary>Why a tool was not registered, changed or removed.</summary>
internal static class RegistrationProblems
{
    public static ProblemResult Of(string name, HttpToolChange change) => change.Outcome switch
    {
        HttpToolOutcome.Invalid => Problems.BadRequest(
            "invalid_definition",
            change.Errors.Count == 1 ? change.Errors[0].Message : $"The definition has {change.Errors.Count} faults; 'errors' lists them.",
            [.. change.Errors.Select(error => new ProblemError(error.Pointer, null, error.Message))]),
        HttpToolOutcome.Exists => Problems.Conflict(
            "tool_exists", $"There is a tool '{name}' with another definition; PUT /v1/tools/{name} replaces it.", Hash(change)),
        HttpToolOutcome.NameTaken => Problems.Conflict(
            "name_taken", $"The name '{name}' is taken by a tool of '{change.Owner}'; names are unique whatever their case."),
        HttpToolOutcome.Changed => Problems.Of(
            StatusCodes.Status412PreconditionFailed, "definition_changed",
            change.Hash is null
                ? $"There is no registered tool '{name}'."
                : $"The tool '{name}' has another definition than the request expects.",
            extensions: Hash(change)),
        HttpToolOutcome.TooMany => Problems.Conflict(
            "too_many_tools",
            "There are as many registered tools as there may be; remove some, or the operator can raise HttpTools:MaxTools."),
        HttpToolOutcome.TooLong => Problems.Of(
            StatusCodes.Status413PayloadTooLarge, "definition_too_long",
            "The definition is too long; the operator can raise HttpTools:MaxDefinitionCharacters."),
        _ when change.Owner is { Length: > 0 } owner => Problems.Conflict(
            "not_registered", $"The tool '{name}' comes from '{owner}', not from a registration."),
        _ => Problems.NotFound("unknown_tool", "No tool of this name is registered."),
    };

    private static JsonObject? Hash(HttpToolChange change) =>
        change.Hash is { } hash ? new JsonObject { ["definition_hash"] = hash } : null;
}
