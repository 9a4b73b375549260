using System.Text.Json;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary><c>propertyNames</c>.</summary>
internal sealed class PropertyNamesEvaluator(Keyword keyword, SchemaNode schema) : IEvaluator
{
    public ValueKinds Kinds => ValueKinds.Object;

    public bool IsValid(JsonElement instance, ref EvaluationRun run)
    {
        foreach (var property in instance.EnumerateObject())
        {
            if (!schema.IsValid(ToElement(property), ref run))
                return false;
        }

        return true;
    }

    public void Collect(JsonElement instance, ref EvaluationRun run, ErrorSink sink)
    {
        foreach (var property in instance.EnumerateObject())
        {
            var name = ToElement(property);
            var errors = new ErrorSink(name);
            schema.Collect(name, ref run, errors);
            if (errors.Count == 0)
                continue;
            sink.Push(property);
            sink.Add(property.Value, keyword,
                $"the property name {JsonDisplay.Show(name)} is not allowed: {errors.Listed.First().Error.Message}");
            sink.Pop();
        }
    }

    private static JsonElement ToElement(JsonProperty property) =>
        JsonElement.Parse((byte[])[(byte)'"', .. PropertyName.Raw(property), (byte)'"']);
}
