namespace ToolService.Core.Tests.Schema;

/// <summary>The optional tests of the official suite that do not pass, and why. One that passes must be taken off.</summary>
internal static class SuiteExceptions
{
    private const string ContentIsAnnotation =
        "What a string holds is an annotation in every draft, as it is since 2019-09: a tool that wants it checked decodes it.";

    public static readonly IReadOnlyDictionary<string, string> Reasons = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["draft7/optional/content.json: validation of string-encoded content based on media type: an invalid JSON document"] = ContentIsAnnotation,
        ["draft7/optional/content.json: validation of binary string-encoding: an invalid base64 string (% is not a valid character)"] =
            ContentIsAnnotation,
        ["draft7/optional/content.json: validation of binary-encoded media type documents: a validly-encoded invalid JSON document"] =
            ContentIsAnnotation,
        ["draft7/optional/content.json: validation of binary-encoded media type documents: an invalid base64 string that is valid JSON"] =
            ContentIsAnnotation,
    };
}
