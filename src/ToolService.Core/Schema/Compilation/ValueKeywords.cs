using System.Runtime.InteropServices;
using System.Text.Json;
using ToolService.Core.Schema.Evaluation;
using ToolService.Core.Schema.Formats;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Compilation;

/// <summary>Compiles the keywords that look at the value itself.</summary>
internal static class ValueKeywords
{
    public static IEnumerable<Evaluator> Compile(SchemaReader reader) =>
        [.. TypeKeyword.Compile(reader), .. Enums(reader), .. Numbers(reader), .. Strings(reader)];

    private static IEnumerable<Evaluator> Enums(SchemaReader reader)
    {
        if (reader.TryGet("const", out var constant))
            yield return new EnumEvaluator(reader.Keyword("const"), [constant]);
        if (!reader.TryGet("enum", out var values))
            yield break;
        if (values.ValueKind != JsonValueKind.Array)
            throw reader.Malformed("enum", "a list of values");
        yield return new EnumEvaluator(reader.Keyword("enum"), [.. values.EnumerateArray()]);
    }

    private static IEnumerable<Evaluator> Numbers(SchemaReader reader)
    {
        (string Name, int Allowed, bool Inclusive)[] bounds =
            [("minimum", 1, true), ("exclusiveMinimum", 1, false), ("maximum", -1, true), ("exclusiveMaximum", -1, false)];
        foreach (var (name, allowed, inclusive) in bounds)
        {
            if (reader.Number(name) is { } bound)
                yield return new BoundEvaluator(reader.Keyword(name), bound, allowed, inclusive);
        }

        if (reader.Number("multipleOf") is not { } divisor)
            yield break;
        if (JsonNumber.Parse(divisor) is { IsZero: true } or { IsNegative: true })
            throw reader.Malformed("multipleOf", "greater than zero");
        if (JsonMarshal.GetRawUtf8Value(divisor).Length > SchemaLimits.MaxDivisorLength)
            throw reader.Malformed("multipleOf", $"a number of at most {SchemaLimits.MaxDivisorLength} characters");
        yield return new MultipleOfEvaluator(reader.Keyword("multipleOf"), divisor);
    }

    private static IEnumerable<Evaluator> Strings(SchemaReader reader)
    {
        foreach (var evaluator in Lengths(reader, ValueKinds.String, "minLength", "maxLength"))
            yield return evaluator;
        if (reader.Text("pattern") is { } source)
            yield return new PatternEvaluator(reader.Keyword("pattern"), reader.Compiler.Pattern(reader.Keyword("pattern"), source));
        if (reader.AssertsFormats && reader.Text("format") is { } name && FormatCatalog.Find(name, reader.Dialect.Draft) is { } format)
            yield return new FormatEvaluator(reader.Keyword("format"), format);
    }

    /// <summary>Compiles a pair of keywords that bound a size.</summary>
    public static IEnumerable<Evaluator> Lengths(SchemaReader reader, ValueKinds kind, string minimumName, string maximumName)
    {
        if (reader.Count(minimumName) is { } minimum)
            yield return new LengthEvaluator(reader.Keyword(minimumName), kind, minimum, isMinimum: true);
        if (reader.Count(maximumName) is { } maximum)
            yield return new LengthEvaluator(reader.Keyword(maximumName), kind, maximum, isMinimum: false);
    }
}
