namespace ToolService.Core.Schema;

/// <summary>
/// The bounds that keep compiling and validating cheap whatever the schema and the instance. Exceeding one is an error, never a
/// crash.
/// </summary>
public static class SchemaLimits
{
    /// <summary>How many JSON levels a schema may nest. Deeper schemas do not compile.</summary>
    public const int MaxSchemaDepth = 128;

    /// <summary>
    /// How many subschemas one schema may contain, together with the documents that it refers to. Larger schemas do not compile.
    /// </summary>
    public const int MaxSubschemas = 50_000;

    /// <summary>How many characters a regular expression may have. Longer ones do not compile.</summary>
    public const int MaxPatternLength = 4_096;

    /// <summary>
    /// How many different regular expressions one schema may contain: each costs about a millisecond and 200 KB. More do not compile.
    /// </summary>
    public const int MaxPatterns = 1_000;

    /// <summary>
    /// How many characters all regular expressions of one schema may have together: each costs up to 40 microseconds and 4 KB. More do
    /// not compile.
    /// </summary>
    public const int MaxPatternCharacters = 100_000;

    /// <summary>
    /// How many schemas may be open inside each other while an instance is checked; a recursive schema opens one or two per level of
    /// the instance. An instance that needs more is invalid.
    /// </summary>
    public const int MaxEvaluationDepth = 1_000;

    /// <summary>
    /// How many levels two values may nest when <c>uniqueItems</c>, <c>enum</c> or <c>const</c> compares them. Deeper instances are
    /// invalid.
    /// </summary>
    public const int MaxComparisonDepth = 256;

    /// <summary>How many characters the number of <c>multipleOf</c> may have. Schemas with longer ones do not compile.</summary>
    public const int MaxDivisorLength = 1_000;

    /// <summary>How many characters of a value an error shows.</summary>
    public const int MaxShownCharacters = 60;

    /// <summary>
    /// How many characters the pointers in one list of errors may have, since the names in them are as long as the instance wants: a longer
    /// pointer is cut, and errors after it are counted instead of listed.
    /// </summary>
    public const int MaxPointerCharacters = 20_000;

    /// <summary>How long all regular expressions together may take on one instance. An instance that needs longer is invalid.</summary>
    public static readonly TimeSpan PatternTimeout = TimeSpan.FromMilliseconds(250);

    internal const long BaseSteps = 1_000_000;
    internal const long StepsPerByte = 64;
}
