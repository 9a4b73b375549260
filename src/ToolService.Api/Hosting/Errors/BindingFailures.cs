using System.Text.Json;
using System.Text.RegularExpressions;
using ToolService.Api.Hosting.Json;

namespace ToolService.Api.Hosting.Errors;

/// <summary>Puts the framework's failures to bind a route, a query or a header into a client's words.</summary>
internal static partial class BindingFailures
{
    private const string NoImplicitBody = "Implicit body inferred";
    private const string NoBody = "was not provided from body.";

    // The exception has no members for the parameter's name and value, only this text; what does not fit it gets the general sentence.
    public static string Describe(BadHttpRequestException exception)
    {
        var failed = Failed().Match(exception.Message);
        if (failed.Success)
            return $"The value of '{SnakeCase(failed.Groups["name"].Value)}' cannot be read: expected {TypeNames.Of(failed.Groups["type"].Value)}.";

        if (exception.Message.StartsWith(NoImplicitBody, StringComparison.Ordinal) || exception.Message.EndsWith(NoBody, StringComparison.Ordinal))
            return "The request needs a JSON body.";

        var missing = Missing().Match(exception.Message);
        return missing.Success ? $"'{SnakeCase(missing.Groups["name"].Value)}' is required." : "The request is not valid HTTP for this endpoint.";
    }

    private static string SnakeCase(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    [GeneratedRegex("^Failed to bind parameter \"(?<type>[^ ]+) (?<name>\\w+)\" from")]
    private static partial Regex Failed();

    [GeneratedRegex("^Required parameter \"(?<type>[^ ]+) (?<name>\\w+)\" was not provided")]
    private static partial Regex Missing();
}
