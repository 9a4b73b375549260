using ToolService.Core.Schema.Patterns;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary>What <see cref="PropertiesEvaluator"/> has to say of an object that does not satisfy it.</summary>
internal sealed class PropertyErrors(
    PropertyRule[] rules,
    NameTable names,
    (SchemaPattern Pattern, SchemaNode Schema)[] patterns,
    SchemaNode? additional,
    Keyword additionalKeyword,
    Keyword requiredKeyword)
{
    public void Collect(int row, ref EvaluationRun run, ErrorSink sink)
    {
        var present = FindPresent(row, run.Rows);
        CollectMissing(row, present, run.Rows, sink);
        for (var name = row + 1; name < run.Rows.End(row); name = run.Rows.Next(name + 1))
        {
            sink.PushProperty(name);
            CollectProperty(name, present, ref run, sink);
            sink.Pop();
        }
    }

    /// <summary>Which rules' properties the instance has.</summary>
    private bool[] FindPresent(int row, in JsonRows rows)
    {
        var present = new bool[rules.Length];
        for (var name = row + 1; name < rows.End(row); name = rows.Next(name + 1))
        {
            if (names.Find(rows, name) is var index and >= 0)
                present[index] = true;
        }

        return present;
    }

    private void CollectMissing(int row, bool[] present, in JsonRows rows, ErrorSink sink)
    {
        for (var i = 0; i < rules.Length; i++)
        {
            if (rules[i].RequiredIndex >= 0 && !present[i] && !sink.TryCountUnlisted())
                MissingProperty.Add(row, requiredKeyword, rules[i].Name, UnknownNames(row, rows), sink);
        }
    }

    /// <summary>The names in the instance that no rule knows of.</summary>
    private List<string> UnknownNames(int row, in JsonRows rows)
    {
        List<string> unknown = [];
        for (var name = row + 1; name < rows.End(row); name = rows.Next(name + 1))
        {
            if (names.Find(rows, name) < 0)
                unknown.Add(rows.Text(name));
        }

        return unknown;
    }

    private void CollectProperty(int name, bool[] present, ref EvaluationRun run, ErrorSink sink)
    {
        var index = names.Find(run.Rows, name);
        var schema = index >= 0 ? rules[index].Schema : null;
        schema?.Collect(name + 1, ref run, sink);
        var evaluated = schema is not null;
        foreach (var (pattern, patternSchema) in patterns)
        {
            if (!pattern.IsMatch(run.Rows.Content(name), ref run))
                continue;
            patternSchema.Collect(name + 1, ref run, sink);
            evaluated = true;
        }

        if (evaluated || additional is null)
            return;
        if (!additional.RefusesEverything)
        {
            additional.Collect(name + 1, ref run, sink);
            return;
        }

        if (sink.TryCountUnlisted())
            return;
        List<int> allowed = [.. Enumerable.Range(0, rules.Length).Where(rule => rules[rule].Schema is { RefusesEverything: false })];
        UnknownProperty.Add(
            name, additionalKeyword, allowed.Where(rule => !present[rule]).Select(rule => rules[rule].Name),
            allowed.Select(rule => rules[rule].Name), run.Rows, sink);
    }
}
