using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using ToolService.Api.Hosting.Errors;

namespace ToolService.Api.Hosting.Json;

/// <summary>Tells a client what to change in a body that could not be read.</summary>
internal sealed class JsonFailures(IOptions<JsonOptions> options)
{
    private readonly JsonSerializerOptions _options = options.Value.SerializerOptions;

    /// <summary>The problem to answer.</summary>
    /// <param name="endpoint">The endpoint that the body was for.</param>
    /// <param name="failure">Why it could not be read.</param>
    public ProblemResult Describe(Endpoint? endpoint, JsonException failure)
    {
        // The reader's own failures are wrapped by the serializer's; they alone mean that the text is not JSON.
        if (failure.InnerException is JsonException reader)
            return Malformed(reader);

        var path = JsonPath.Parse(failure.Path ?? "$");
        if (NoNullItems.StepOf(failure) is { } item)
            path = [.. path, item];
        var place = JsonPlace.Find(_options, endpoint?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType, path);
        var text = JsonFailureText.IsNotUnicode(failure) ? StrictElementConverter.NotUnicode : failure.Message;
        var (keyword, message) = JsonFailureText.Explain(text, place, path is [.., var last] ? last : null);
        return Problems.BadRequest("invalid_request", $"The body does not have the expected form: {message}", [new ProblemError(JsonPath.ToPointer(path), keyword, message)]);
    }

    private static ProblemResult Malformed(JsonException reader)
    {
        var line = (reader.LineNumber ?? 0) + 1;
        var position = (reader.BytePositionInLine ?? 0) + 1;
        var reason = JsonFailureText.WithoutPosition(reader.Message);
        return Problems.BadRequest(
            "malformed_json",
            $"The body is not valid JSON at line {line}, byte {position}: {reason}",
            [new ProblemError("", null, $"Line {line}, byte {position}: {reason}")]);
    }
}
