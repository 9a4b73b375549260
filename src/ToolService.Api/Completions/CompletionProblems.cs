using System.Text;
using System.Text.Json;
using ToolService.Api.Hosting.Errors;

namespace ToolService.Api.Completions;

/// <summary>Answers problems in OpenAI's form: whoever refuses a request, its clients can read why.</summary>
internal sealed class CompletionProblems : IProblemForm
{
    public static readonly CompletionProblems Form = new();

    public string MediaType => "application/json";

    public Type BodyType => typeof(CompletionError);

    public byte[] Write(Problem problem, JsonSerializerOptions options) =>
        JsonSerializer.SerializeToUtf8Bytes(Of(problem), options.GetTypeInfo(typeof(CompletionError)));

    /// <summary>The same problem in OpenAI's form.</summary>
    public static CompletionError Of(Problem problem) => new(
        new CompletionError.Details(
            problem.Detail ?? problem.Title,
            TypeOf(problem.Status),
            problem.Errors is [{ Pointer: { Length: > 1 } pointer }, ..] ? Path(pointer) : null,
            problem.Code,
            problem.TraceId),
        problem.Extensions is { Count: > 0 } extensions ? extensions : null);

    private static string TypeOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "authentication_error",
        StatusCodes.Status403Forbidden => "permission_error",
        StatusCodes.Status429TooManyRequests => "rate_limit_error",
        >= StatusCodes.Status500InternalServerError => "server_error",
        _ => "invalid_request_error",
    };

    // From /messages/0/content to messages[0].content.
    private static string Path(string pointer)
    {
        var path = new StringBuilder();
        foreach (var step in pointer.Split('/').Skip(1))
        {
            if (step.Length > 0 && step.All(char.IsAsciiDigit))
                path.Append('[').Append(step).Append(']');
            else
                path.Append(path.Length == 0 ? "" : ".").Append(step);
        }

        return path.ToString();
    }
}
