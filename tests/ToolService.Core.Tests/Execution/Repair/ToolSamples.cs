using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace ToolService.Core.Tests.Execution.Repair;

/// <summary>Schemas as tools have them, each with arguments that it takes.</summary>
internal static class ToolSamples
{
    private static readonly string[] Names = ["user_name", "count", "isActive", "home address", "x", "Ärger", "tags"];

    private static readonly Gen<(string Schema, string Instance)> Scalar = Gen.OneOf(
        Of("""{"type":"string"}""", "\"\"", "\"plain\"", "\"5\"", "\"true\"", "\"null\"", "\"it's \\\"so\\\"\"", "\"a: b, c\\\\\"", "\"é\\n🐲\"", "\"True\""),
        Of("""{"type":"integer"}""", "0", "-3", "5.0", "12345678901234567890"),
        Of("""{"type":"number"}""", "1.50", "1e3", "-0.5", "7"),
        Of("""{"type":"boolean"}""", "true", "false"),
        Of("""{"enum":[1,2,true]}""", "1", "2", "true"),
        Of("""{"type":["integer","boolean"]}""", "4", "true"),
        Of("""{"anyOf":[{"type":"integer"},{"type":"null"}]}""", "8", "null"));

    /// <summary>A schema of an object with nested values, and an instance that has every property.</summary>
    /// <param name="closed">Whether every property is required, so that none can have another name.</param>
    public static Gen<(string Schema, string Instance)> Any(bool closed = false) => Object(2, closed);

    private static Gen<(string Schema, string Instance)> Of(string schema, params string[] instances) =>
        Gen.Elements(instances).Select(instance => (schema, instance));

    private static Gen<(string Schema, string Instance)> Value(int depth, bool closed) => depth == 0
        ? Scalar
        : Gen.Frequency(
            (4, Scalar), (2, Array(depth - 1, closed)), (1, Object(depth - 1, closed)), (1, Object(depth - 1, closed).Select(Nullable)));

    private static Gen<(string Schema, string Instance)> Array(int depth, bool closed) =>
        from item in Value(depth, closed)
        from count in Gen.Choose(0, 3)
        select ($$"""{"type":"array","items":{{item.Schema}}}""", $"[{string.Join(',', Enumerable.Repeat(item.Instance, count))}]");

    private static Gen<(string Schema, string Instance)> Object(int depth, bool closed) =>
        from names in Gen.Shuffle(Names)
        from count in Gen.Choose(1, 4)
        from required in Gen.Choose(closed ? 4 : 0, 4)
        from more in Gen.Elements("", ",\"additionalProperties\":false")
        from values in Value(depth, closed).ListOf(count)
        let members = names.Take(count).Select(name => JsonSerializer.Serialize(name)).Zip(values).ToList()
        select (
            $$"""
            {"type":"object","properties":{{{string.Join(',', members.Select(member => $"{member.First}:{member.Second.Schema}"))}}},
            "required":[{{string.Join(',', members.Take(required).Select(member => member.First))}}]{{more}}}
            """,
            $"{{{string.Join(',', members.Select(member => $"{member.First}:{member.Second.Instance}"))}}}");

    private static (string Schema, string Instance) Nullable((string Schema, string Instance) value) =>
        ($$"""{"anyOf":[{{value.Schema}},{"type":"null"}]}""", value.Instance);
}
