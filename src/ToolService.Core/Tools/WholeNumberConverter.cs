using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ToolService.Core.Tools;

/// <summary>Reads any JSON number without a fractional part as an integer, however it is written.</summary>
internal sealed class WholeNumberConverter<T> : JsonConverter<T>
    where T : struct, IBinaryInteger<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number)
            throw new JsonException("A whole number is expected.");

        try
        {
            if (reader.TryGetInt64(out var integer))
                return T.CreateChecked(integer);
            if (reader.TryGetDecimal(out var number) && decimal.IsInteger(number))
                return T.CreateChecked(number);
        }
        catch (OverflowException e)
        {
            throw new JsonException("The number is too large.", e);
        }

        throw new JsonException("The number is too large or not whole.");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(long.CreateChecked(value));
}
