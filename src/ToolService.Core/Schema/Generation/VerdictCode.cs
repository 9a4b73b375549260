using System.Reflection;
using System.Reflection.Emit;
using ToolService.Core.Schema.Evaluation;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Generation;

/// <summary>
/// Writes the code of a verdict: <see cref="VerdictSteps"/> and jumps between them. A cursor, the row that steps look at, goes through
/// the value from its first row to its last.
/// </summary>
internal sealed class VerdictCode
{
    private static readonly Type Cursor = typeof(JsonRow).MakeByRefType();

    // What is kept is always written before it is read.
    private readonly DynamicMethod _method = new(
        "Verdict",
        typeof(bool),
        [typeof(VerdictOperands), Cursor, typeof(EvaluationRun).MakeByRefType()],
        typeof(VerdictSteps),
        skipVisibility: true)
    {
        InitLocals = false,
    };

    private readonly VerdictOperands _operands = new();
    private readonly Queue<Action> _unusual = [];
    private readonly ILGenerator _code;

    public VerdictCode() => _code = _method.GetILGenerator();

    public Label Label() => _code.DefineLabel();

    public Label[] Labels(int count) => [.. Enumerable.Range(0, count).Select(_ => Label())];

    public void Mark(Label label) => _code.MarkLabel(label);

    public void Go(Label label) => _code.Emit(OpCodes.Br, label);

    /// <summary>Writes code behind everything else, so that the usual way has no jumps around it.</summary>
    public void Aside(Action write) => _unusual.Enqueue(write);

    /// <summary>Jumps where a step does not hold.</summary>
    public void Unless(string step, Label otherwise, params ReadOnlySpan<object> constants)
    {
        Call(step, constants);
        _code.Emit(OpCodes.Brfalse, otherwise);
    }

    /// <summary>Moves the cursor to where a step says.</summary>
    public void Move(string step)
    {
        Call(step, []);
        _code.Emit(OpCodes.Starg_S, (byte)1);
    }

    /// <summary>Keeps where the cursor is.</summary>
    public LocalBuilder Keep()
    {
        var place = _code.DeclareLocal(Cursor);
        _code.Emit(OpCodes.Ldarg_1);
        _code.Emit(OpCodes.Stloc, place);
        return place;
    }

    /// <summary>Moves the cursor to a place that was kept.</summary>
    public void Return(LocalBuilder place)
    {
        _code.Emit(OpCodes.Ldloc, place);
        _code.Emit(OpCodes.Starg_S, (byte)1);
    }

    /// <summary>Keeps the row that closes the container at the cursor, and moves the cursor into it.</summary>
    public LocalBuilder Open()
    {
        var end = _code.DeclareLocal(Cursor);
        Call(nameof(VerdictSteps.End), []);
        _code.Emit(OpCodes.Stloc, end);
        Move(nameof(VerdictSteps.Inside));
        return end;
    }

    /// <summary>Jumps where the cursor is at the end of its container.</summary>
    public void IfAt(LocalBuilder end, Label then)
    {
        _code.Emit(OpCodes.Ldarg_1);
        _code.Emit(OpCodes.Ldloc, end);
        _code.Emit(OpCodes.Beq, then);
    }

    /// <summary>Jumps to the label of the name at the cursor; goes on where the table does not have it.</summary>
    public void Choose(NameTable names, Label[] labels)
    {
        _operands.Names.Add(names);
        Call(nameof(VerdictSteps.Find), [_operands.Names.Count - 1]);
        _code.Emit(OpCodes.Switch, labels);
    }

    /// <summary>Asks the schema's evaluators, below so many open schemas, and moves the cursor behind the value.</summary>
    public void Ask(SchemaNode node, int depth, Label no, BitSet? marks)
    {
        _operands.Nodes.Add(node);
        Ask(nameof(VerdictSteps.Ask), nameof(VerdictSteps.Marked), _operands.Nodes.Count - 1, depth, no, marks);
    }

    /// <summary>Asks one evaluator, below so many open schemas, and moves the cursor behind the value.</summary>
    public void Ask(Evaluator evaluator, int depth, Label no, BitSet? marks)
    {
        _operands.Evaluators.Add(evaluator);
        Ask(nameof(VerdictSteps.AskOne), nameof(VerdictSteps.MarkedByOne), _operands.Evaluators.Count - 1, depth, no, marks);
    }

    /// <summary>Jumps where the object at the cursor does not have a property.</summary>
    public void UnlessPresent(PresenceCheck trigger, Label otherwise)
    {
        _operands.Triggers.Add(trigger);
        Unless(nameof(VerdictSteps.IsPresent), otherwise, _operands.Triggers.Count - 1);
    }

    /// <summary>A set of bits.</summary>
    public BitSet Bits(ulong initial = 0)
    {
        var bits = new BitSet(_code, _code.DeclareLocal(typeof(ulong)));
        bits.Assign(initial);
        return bits;
    }

    /// <summary>A number, zero at first.</summary>
    public Counter Count()
    {
        var count = new Counter(_code, _code.DeclareLocal(typeof(long)));
        count.Reset();
        return count;
    }

    /// <summary>Jumps where the container at the cursor has children that are not in the set.</summary>
    public void UnlessAllChildren(BitSet bits, Label otherwise)
    {
        Call(nameof(VerdictSteps.Children), []);
        bits.UnlessHasAll(otherwise);
    }

    /// <summary>The verdict, which is true where the code's end is reached.</summary>
    public GeneratedVerdict Finish(Label no)
    {
        Answer(true);
        while (_unusual.TryDequeue(out var write))
            write();
        Mark(no);
        Answer(false);
        return _method.CreateDelegate<GeneratedVerdict>(_operands);
    }

    private void Ask(string step, string marking, int operand, int depth, Label no, BitSet? marks)
    {
        Unless(step, no, operand, depth);
        if (marks is not null)
        {
            Call(marking, [operand, depth]);
            marks.AddAll();
        }

        Move(nameof(VerdictSteps.Next));
    }

    private void Answer(bool verdict)
    {
        _code.Emit(verdict ? OpCodes.Ldc_I4_1 : OpCodes.Ldc_I4_0);
        _code.Emit(OpCodes.Ret);
    }

    /// <summary>Calls a step with what it asks for: operands, cursor and run, in this order, and the constants.</summary>
    private void Call(string step, ReadOnlySpan<object> constants)
    {
        var method = typeof(VerdictSteps).GetMethod(step, BindingFlags.Public | BindingFlags.Static)!;
        var next = 0;
        foreach (var parameter in method.GetParameters())
        {
            if (parameter.ParameterType == typeof(VerdictOperands))
                _code.Emit(OpCodes.Ldarg_0);
            else if (parameter.ParameterType == Cursor)
                _code.Emit(OpCodes.Ldarg_1);
            else if (parameter.ParameterType.IsByRef)
                _code.Emit(OpCodes.Ldarg_2);
            else
                Constant(constants[next++]);
        }

        _code.Emit(OpCodes.Call, method);
    }

    private void Constant(object value)
    {
        switch (value)
        {
            case long number:
                _code.Emit(OpCodes.Ldc_I8, number);
                break;
            case ulong bits:
                _code.Emit(OpCodes.Ldc_I8, (long)bits);
                break;
            default:
                _code.Emit(OpCodes.Ldc_I4, Convert.ToInt32(value, null));
                break;
        }
    }
}
