using System.Buffers.Binary;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using ToolService.Core.Tools.BuiltIn.Arithmetic;

namespace ToolService.Core.Tools.BuiltIn;

/// <summary>Arithmetic and chance.</summary>
[SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "Tools are methods of an instance.")]
internal sealed class MathTools
{
    [Tool("calculator", ReadOnly = true, Idempotent = true, Tags = ["math"])]
    [Description("Evaluates an arithmetic expression and returns the number. Operators: + - * / % (remainder) ^ (power) and parentheses. "
        + "Functions: sqrt, abs, round(x) or round(x, digits), floor, ceil, min, max, sin, cos, tan (radians), ln, log (base 10) or "
        + "log(x, base), exp. Constants: pi, e.")]
    public JsonElement Calculator(
        [Description("The expression, such as (1 + 2) * 3 ^ 2. No thousands separators, no units, no variables.")]
        [MaxLength(Expression.MaxLength)]
        string expression) => JsonElement.Parse(Expression.Evaluate(expression).ToString());

    [Tool("get_random_number", ReadOnly = true, Idempotent = true, Volatile = true, Tags = ["math"])]
    [Description("Returns an unpredictable whole number from min to max, both included, each equally likely.")]
    public long GetRandomNumber(
        [Description("The least number that may come out.")] long min,
        [Description("The greatest number that may come out.")] long max)
    {
        if (min > max)
            throw new ToolException($"min ({min}) is greater than max ({max}); swap them.");
        return unchecked(min + (long)UpTo((ulong)max - (ulong)min));
    }

    // Numbers above the greatest multiple of the count are drawn again: a plain remainder would favour the small ones.
    private static ulong UpTo(ulong greatest)
    {
        if (greatest == ulong.MaxValue)
            return Random64();

        var count = greatest + 1;
        var surplus = ((ulong.MaxValue % count) + 1) % count;
        ulong drawn;
        do
            drawn = Random64();
        while (drawn > ulong.MaxValue - surplus);
        return drawn % count;
    }

    private static ulong Random64()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }
}
