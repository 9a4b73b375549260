using System.Reflection.Emit;

namespace ToolService.Core.Schema.Generation;

/// <summary>Writes what generated code does with a number that it counts up.</summary>
/// <param name="code">The code.</param>
/// <param name="count">Where the number is.</param>
internal sealed class Counter(ILGenerator code, LocalBuilder count)
{
    public void Reset()
    {
        code.Emit(OpCodes.Ldc_I8, 0L);
        code.Emit(OpCodes.Stloc, count);
    }

    public void Increment()
    {
        code.Emit(OpCodes.Ldloc, count);
        code.Emit(OpCodes.Ldc_I8, 1L);
        code.Emit(OpCodes.Add);
        code.Emit(OpCodes.Stloc, count);
    }

    public void IfAbove(long most, Label then) => Compare(OpCodes.Bgt, most, then);

    public void IfBelow(long least, Label then) => Compare(OpCodes.Blt, least, then);

    private void Compare(OpCode jump, long bound, Label then)
    {
        code.Emit(OpCodes.Ldloc, count);
        code.Emit(OpCodes.Ldc_I8, bound);
        code.Emit(jump, then);
    }
}
