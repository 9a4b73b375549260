using System.Reflection.Emit;

namespace ToolService.Core.Schema.Generation;

/// <summary>Writes what generated code does with a set of 64 bits that it keeps.</summary>
/// <param name="code">The code.</param>
/// <param name="bits">Where the bits are.</param>
internal sealed class BitSet(ILGenerator code, LocalBuilder bits)
{
    public void Assign(ulong value)
    {
        code.Emit(OpCodes.Ldc_I8, (long)value);
        code.Emit(OpCodes.Stloc, bits);
    }

    public void Assign(BitSet other)
    {
        other.Load();
        code.Emit(OpCodes.Stloc, bits);
    }

    public void Add(ulong more)
    {
        code.Emit(OpCodes.Ldc_I8, (long)more);
        AddAll();
    }

    public void Add(BitSet more)
    {
        more.Load();
        AddAll();
    }

    /// <summary>Adds the bits that have just been computed.</summary>
    public void AddAll()
    {
        Load();
        code.Emit(OpCodes.Or);
        code.Emit(OpCodes.Stloc, bits);
    }

    /// <summary>Moves all bits to the next place.</summary>
    public void Shift()
    {
        Load();
        code.Emit(OpCodes.Ldc_I4_1);
        code.Emit(OpCodes.Shl);
        code.Emit(OpCodes.Stloc, bits);
    }

    /// <summary>Jumps where a bit of the other set is in this one.</summary>
    public void IfHasAny(BitSet other, Label then)
    {
        Load();
        other.Load();
        code.Emit(OpCodes.And);
        code.Emit(OpCodes.Brtrue, then);
    }

    public void IfNotEmpty(Label then)
    {
        Load();
        code.Emit(OpCodes.Brtrue, then);
    }

    public void UnlessIs(ulong value, Label otherwise)
    {
        Load();
        code.Emit(OpCodes.Ldc_I8, (long)value);
        code.Emit(OpCodes.Bne_Un, otherwise);
    }

    /// <summary>Jumps where some of the bits that have just been computed are not in the set.</summary>
    public void UnlessHasAll(Label otherwise)
    {
        Load();
        code.Emit(OpCodes.Not);
        code.Emit(OpCodes.And);
        code.Emit(OpCodes.Brtrue, otherwise);
    }

    private void Load() => code.Emit(OpCodes.Ldloc, bits);
}
