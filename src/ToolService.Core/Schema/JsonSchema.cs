using System.Text.Json;
using ToolService.Core.Schema.Compilation;
using ToolService.Core.Schema.Evaluation;

namespace ToolService.Core.Schema;

/// <summary>
/// A JSON Schema of draft 2020-12, compiled once and then safe to use from any number of threads. The bounds on what it accepts and
/// checks are in <see cref="SchemaLimits"/>.
/// </summary>
public sealed class JsonSchema
{
    private readonly SchemaNode _root;

    private JsonSchema(SchemaNode root) => _root = root;

    /// <summary>
    /// Compiles a schema. The element is copied, so its document may be disposed. Schemas that name draft-07 or 2019-09 are accepted
    /// as long as every keyword in them means what it means in 2020-12. <c>format</c> and the <c>content…</c> keywords are
    /// annotations and not enforced; names that start with <c>x-</c> are ignored. Other documents are never fetched.
    /// </summary>
    /// <exception cref="JsonSchemaException">The schema is malformed, or uses a keyword that this class does not enforce.</exception>
    public static JsonSchema Compile(JsonElement schema) =>
        new(SchemaCompiler.Compile(schema.ValueKind == JsonValueKind.Undefined ? schema : schema.Clone()));

    /// <summary>
    /// Whether the instance satisfies the schema; stops at the first violation. An instance that cannot be checked within
    /// <see cref="SchemaLimits"/> does not.
    /// </summary>
    public bool IsValid(JsonElement instance)
    {
        if (instance.ValueKind == JsonValueKind.Undefined)
            return false;
        var run = new EvaluationRun(instance);
        return _root.IsValid(instance, ref run) && !run.IsAborted;
    }

    /// <summary>
    /// Every violation in the instance, in document order; empty when it is valid. At most <see cref="SchemaLimits.MaxErrors"/> are
    /// listed, then one entry without a pointer counts the rest.
    /// </summary>
    public IReadOnlyList<SchemaError> Validate(JsonElement instance) => IsValid(instance) ? [] : CollectErrors(instance);

    /// <summary>Collects errors without asking for the verdict first.</summary>
    internal IReadOnlyList<SchemaError> CollectErrors(JsonElement instance)
    {
        if (instance.ValueKind == JsonValueKind.Undefined)
            return [new SchemaError("", "", "there is no value to check", "")];

        var run = new EvaluationRun(instance);
        var sink = new ErrorSink(instance);
        _root.Collect(instance, ref run, sink);
        var errors = sink.ToErrors();
        if (run.IsAborted)
            errors.Add(new SchemaError("", "", Explain(run.Aborted), ""));
        return errors;
    }

    private static string Explain(AbortReason reason) => reason switch
    {
        AbortReason.TooDeep => "the value nests too deeply to be checked; make it flatter",
        AbortReason.PatternTimeout => "checking the value against a pattern takes too long; shorten its strings",
        _ => "checking the value takes too much work; make it smaller",
    };
}
