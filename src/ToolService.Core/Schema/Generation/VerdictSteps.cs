using System.Runtime.CompilerServices;
using System.Text.Json;
using ToolService.Core.Schema.Evaluation;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Generation;

/// <summary>
/// What generated verdicts consist of: each step looks at the row where the verdict has got to. They are compiled into the verdict
/// together with its constants, which is where its speed comes from.
/// </summary>
internal static class VerdictSteps
{
    private const int MarkWords = 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsKind(ref JsonRow at, JsonTokenType kind) => at.Kind == kind;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsEscaped(ref JsonRow at) => at.IsEscaped;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsAnyKind(ref JsonRow at, ValueKinds kinds) => ((int)kinds >> (int)at.Kind & 1) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasSize(ref JsonRow at, int least, int most) => at.Size >= least && at.Size <= most;

    /// <summary>Whether a string without escapes begins in ASCII, wherever the mask has bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool StartsInAscii(ref JsonRow at, ref EvaluationRun run, ulong nonAscii) =>
        !at.IsEscaped && (run.Rows.Prefix(in at) & nonAscii) == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsInRange(ref JsonRow at, ref EvaluationRun run, long least, long most, bool integersOnly) =>
        new NumberRange(least, most, integersOnly).Contains(run.Rows.Prefix(in at), at.Size);

    /// <summary>Whether a string or name has this size and these first bytes, moved up to the highest ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Starts(ref JsonRow at, ref EvaluationRun run, int markedSize, int shift, ulong bytes) =>
        at.MarkedSize == markedSize && run.Rows.Prefix(in at) << shift == bytes;

    /// <summary>Whether these eight bytes are in a string or name that is long enough for them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Continues(ref JsonRow at, ref EvaluationRun run, int offset, ulong bytes) => run.Rows.Word(in at, offset) == bytes;

    /// <summary>The row after this one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref JsonRow Inside(ref JsonRow at) => ref Unsafe.Add(ref at, 1);

    /// <summary>The row that closes a container.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref JsonRow End(ref JsonRow at) => ref Unsafe.Add(ref at, at.Rows);

    /// <summary>The row after a value and everything in it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref JsonRow Next(ref JsonRow at) => ref Unsafe.Add(ref at, at.Rows + 1);

    /// <summary>The bits of all children of a container, at most 64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Children(ref JsonRow at) => at.Size == 0 ? 0 : ulong.MaxValue >> 64 - at.Size;

    /// <summary>The verdict of a schema's evaluators, below so many schemas that are open.</summary>
    public static bool Ask(VerdictOperands operands, ref JsonRow at, ref EvaluationRun run, int node, int depth)
    {
        run.Deepen(depth);
        var isValid = operands.Nodes[node].IsValid(run.Rows.RowOf(in at), ref run);
        run.Deepen(-depth);
        return isValid;
    }

    /// <summary>What a schema evaluates of a container's children, at most 64, all of which it accepts.</summary>
    public static ulong Marked(VerdictOperands operands, ref JsonRow at, ref EvaluationRun run, int node, int depth)
    {
        var marks = new EvaluatedMarks(stackalloc ulong[MarkWords]);
        run.Deepen(depth);
        operands.Nodes[node].Mark(run.Rows.RowOf(in at), ref run, marks);
        run.Deepen(-depth);
        return marks.First;
    }

    /// <summary>The verdict of one evaluator, below so many schemas that are open.</summary>
    public static bool AskOne(VerdictOperands operands, ref JsonRow at, ref EvaluationRun run, int evaluator, int depth)
    {
        run.Deepen(depth);
        var isValid = operands.Evaluators[evaluator].IsValid(run.Rows.RowOf(in at), ref run);
        run.Deepen(-depth);
        return isValid;
    }

    /// <summary>What one evaluator evaluates of a container's children, at most 64, all of which it accepts.</summary>
    public static ulong MarkedByOne(VerdictOperands operands, ref JsonRow at, ref EvaluationRun run, int evaluator, int depth)
    {
        if (operands.Evaluators[evaluator] is not IMarksEvaluated marking)
            return 0;
        var marks = new EvaluatedMarks(stackalloc ulong[MarkWords]);
        run.Deepen(depth);
        marking.Mark(run.Rows.RowOf(in at), ref run, marks);
        run.Deepen(-depth);
        return marks.First;
    }

    /// <summary>Whether an object has a property.</summary>
    public static bool IsPresent(VerdictOperands operands, ref JsonRow at, ref EvaluationRun run, int trigger) =>
        operands.Triggers[trigger].IsPresent(run.Rows.RowOf(in at), ref run);

    /// <summary>The number of a name in a table; -1 where it is not there.</summary>
    public static int Find(VerdictOperands operands, ref JsonRow at, ref EvaluationRun run, int table) =>
        operands.Names[table].Find(run.Rows, run.Rows.RowOf(in at));
}
