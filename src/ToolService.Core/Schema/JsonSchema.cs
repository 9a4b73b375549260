using System.Runtime.CompilerServices;
using System.Text.Json;
using ToolService.Core.Schema.Compilation;
using ToolService.Core.Schema.Evaluation;
using ToolService.Core.Schema.Generation;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema;

/// <summary>
/// A JSON Schema of draft 2020-12, 2019-09 or draft-07, compiled once and then safe to use from any number of threads. The bounds on
/// what it accepts and checks are in <see cref="SchemaLimits"/>.
/// </summary>
public sealed class JsonSchema
{
    // Generating code costs as much as some thousand validations.
    internal const int GenerateAfter = 1_000;

    private readonly SchemaNode _root;
    private readonly int _maxErrors;
    private GeneratedVerdict? _generated;
    private int _untilGenerated = GenerateAfter;
    private Task? _generation;

    private JsonSchema(SchemaNode root, IReadOnlyList<IgnoredKeyword> ignored, int maxErrors) =>
        (_root, IgnoredKeywords, _maxErrors) = (root, ignored, maxErrors);

    /// <summary>
    /// The keywords that mean nothing where they stand: those that the schema's dialect does not know, and in draft-07 those beside a
    /// <c>$ref</c>. Names that start with <c>x-</c> are not listed.
    /// </summary>
    public IReadOnlyList<IgnoredKeyword> IgnoredKeywords { get; }

    /// <summary>
    /// Compiles a schema. The element is copied, so its document may be disposed. <c>$schema</c> decides the draft, in each part that
    /// has an <c>$id</c> anew. The <c>content…</c> keywords are annotations and not enforced; <c>format</c> is enforced where the
    /// options or the meta-schema say so. Other documents are never fetched: references find those in
    /// <see cref="SchemaOptions.Documents"/>.
    /// </summary>
    /// <exception cref="JsonSchemaException">The schema is malformed, or needs something that does not exist here.</exception>
    /// <param name="schema">The schema.</param>
    /// <param name="options">How to compile it; null for <see cref="SchemaOptions.Default"/>.</param>
    public static JsonSchema Compile(JsonElement schema, SchemaOptions? options = null)
    {
        options ??= SchemaOptions.Default;
        var (root, ignored) = SchemaCompiler.Compile(schema.ValueKind == JsonValueKind.Undefined ? schema : schema.Clone(), options);
        return new JsonSchema(root, ignored, options.MaxErrors);
    }

    /// <summary>
    /// Whether the instance satisfies the schema; stops at the first violation. An instance that cannot be checked within
    /// <see cref="SchemaLimits"/> does not.
    /// </summary>
    public bool IsValid(JsonElement instance) => JsonIndex.TryOf(instance, out var index) && IsValid(in index);

    /// <summary>
    /// Every violation in the instance, in document order; empty when it is valid. At most <see cref="SchemaOptions.MaxErrors"/> are
    /// listed, then one entry without a pointer counts the rest.
    /// </summary>
    public IReadOnlyList<SchemaError> Validate(JsonElement instance) => IsValid(instance) ? [] : CollectErrors(instance);

    /// <summary>The generation of code that many validations have started; null as long as there were not so many.</summary>
    internal Task? Generation => _generation;

    /// <summary>Whether verdicts come from generated code.</summary>
    internal bool IsGenerated => _generated is not null;

    /// <summary>Whether the value satisfies the schema, however it was indexed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsValid(in JsonIndex instance) =>
        _generated is { } generated ? IsValidByCode(generated, in instance) : IsValidByEvaluators(in instance);

    /// <summary>Generates the code of the verdict, if it can be; many validations make this happen in the background.</summary>
    internal void Generate()
    {
        if (VerdictGenerator.TryGenerate(_root) is not { } generated)
            return;
        // The first call, which waits for the code to be compiled, should be nobody's.
        var nothing = JsonIndexer.Index("null"u8);
        var run = new EvaluationRun(in nothing);
        generated(ref Unsafe.AsRef(in run.Rows.At(nothing.Root)), ref run);
        _generated = generated;
    }

    /// <summary>Collects errors without asking for the verdict first.</summary>
    internal IReadOnlyList<SchemaError> CollectErrors(JsonElement instance)
    {
        if (!JsonIndex.TryOf(instance, out var index))
            return [new SchemaError("", "", "there is no value to check", "")];

        var run = new EvaluationRun(in index);
        var sink = new ErrorSink(index, _maxErrors);
        _root.Collect(index.Root, ref run, sink);
        var errors = sink.ToErrors();
        if (run.IsAborted)
            errors.Add(new SchemaError("", "", Explain(run.Aborted), ""));
        return errors;
    }

    private bool IsValidByCode(GeneratedVerdict generated, in JsonIndex instance)
    {
        // Where evaluators would need more steps than every instance may take, they have the last word, so that the limits stay the same.
        var run = new EvaluationRun(in instance, isBrief: true);
        var isValid = generated(ref Unsafe.AsRef(in run.Rows.At(instance.Root)), ref run);
        return run.IsAborted ? IsValidAfterAll(in instance) : isValid;
    }

    private bool IsValidAfterAll(in JsonIndex instance) => IsValidByEvaluators(in instance);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsValidByEvaluators(in JsonIndex instance)
    {
        if (_untilGenerated > 0)
            ComeCloserToGenerating();
        var run = new EvaluationRun(in instance);
        return _root.IsValid(instance.Root, ref run) && !run.IsAborted;
    }

    private void ComeCloserToGenerating()
    {
        if (--_untilGenerated == 0)
            _generation = Task.Run(Generate);
    }

    private static string Explain(AbortReason reason) => reason switch
    {
        AbortReason.TooDeep => "the value nests too deeply to be checked; make it flatter",
        AbortReason.PatternTimeout => "checking the value against a pattern takes too long; shorten its strings",
        _ => "checking the value takes too much work; make it smaller",
    };
}
