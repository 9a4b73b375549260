using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary><c>propertyNames</c>.</summary>
internal sealed class PropertyNamesEvaluator(Keyword keyword, SchemaNode schema) : Evaluator
{
    public override ValueKinds Kinds => ValueKinds.Object;

    public override bool IsValid(int row, ref EvaluationRun run)
    {
        run.Spend(run.Rows.Count(row));
        for (var name = row + 1; name < run.Rows.End(row); name = run.Rows.Next(name + 1))
        {
            if (!schema.IsValid(name, ref run))
                return false;
        }

        return true;
    }

    public override void Collect(int row, ref EvaluationRun run, ErrorSink sink)
    {
        for (var name = row + 1; name < run.Rows.End(row); name = run.Rows.Next(name + 1))
        {
            var errors = sink.Branch();
            schema.Collect(name, ref run, errors);
            if (errors.Count == 0)
                continue;
            var (error, _) = errors.Listed.First();
            var shown = JsonDisplay.Show(run.Rows.Raw(name));
            sink.PushProperty(name);
            sink.Add(name, keyword, $"the property name {shown} is not allowed: {error.Message}", error.Expected, error.Got);
            sink.Pop();
        }
    }
}
