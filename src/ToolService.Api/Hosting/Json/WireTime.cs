using System.Text.Json;
using System.Text.Json.Serialization;

namespace ToolService.Api.Hosting.Json;

/// <summary>Time on the wire, to the microsecond, as the store has it: an answer is the same before and after it was stored.</summary>
internal sealed class WireTime : JsonConverter<DateTimeOffset>
{
    /// <summary>A duration in milliseconds.</summary>
    public static double Milliseconds(TimeSpan duration) => duration.Ticks / TimeSpan.TicksPerMicrosecond / 1000.0;

    /// <summary>An instant to the microsecond, for JSON that is put together by hand.</summary>
    public static DateTimeOffset Of(DateTimeOffset instant) => instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMicrosecond));

    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Of(value));
}
