namespace ToolService.Core.Tools.OpenApi;

/// <summary>The bounds that keep reading and planning cheap whatever the document. Exceeding one is an error, never a crash.</summary>
public static class OpenApiLimits
{
    /// <summary>How many bytes of UTF-8 a document may have: 20 million.</summary>
    public const int MaxBytes = 20_000_000;

    /// <summary>How many levels a document may nest.</summary>
    public const int MaxDepth = 256;

    /// <summary>How many names and values a document may have.</summary>
    public const int MaxValues = 2_000_000;

    /// <summary>
    /// How many names and values a document of YAML may have, those that its aliases repeat included: each takes some microseconds to read.
    /// </summary>
    public const int MaxYamlValues = 1_000_000;

    /// <summary>How many bytes the aliases of a YAML document may add to it.</summary>
    public const int MaxAliasBytes = 10_000_000;

    /// <summary>How many operations a document may have.</summary>
    public const int MaxOperations = 20_000;

    /// <summary>How many characters a path may have.</summary>
    public const int MaxPathLength = 2_000;

    /// <summary>How many parameters an operation may have. Operations with more are skipped.</summary>
    public const int MaxParameters = 500;

    /// <summary>How many bytes the input schema of one tool may have. Operations with larger ones are skipped.</summary>
    public const int MaxSchemaBytes = 250_000;

    /// <summary>
    /// How many bytes the input schemas of all tools may have together. Operations beyond are skipped: a compiled schema takes some hundred
    /// times its size.
    /// </summary>
    public const int MaxPlanBytes = 16_000_000;

    /// <summary>
    /// How many bytes of operations, parameters, bodies and security schemes are read altogether, each counted as often as references lead
    /// to it.
    /// </summary>
    public const long MaxReadBytes = 200_000_000;
}
