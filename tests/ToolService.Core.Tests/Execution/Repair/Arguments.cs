using System.Text.Json;
using ToolService.Core.Execution;
using ToolService.Core.Execution.Repair;
using ToolService.Core.Tests.Tools;

namespace ToolService.Core.Tests.Execution.Repair;

/// <summary>Arguments through the whole check, as a call's are.</summary>
internal static class Arguments
{
    public const string ToolName = "book_flight";

    private static readonly ArgumentCheck Check = new(new ArgumentOptions(), new RepairOptions());

    public static CheckedArguments Repair(string schema, string text, bool repairs = true) =>
        Check.Check(DefinedTool.Create(ToolName, schema), text, repairs);

    /// <summary>An object schema with these properties, of which the first is required.</summary>
    public static string Schema(params (string Name, string Schema)[] properties) =>
        $"{{\"type\":\"object\",\"properties\":{{{string.Join(',', properties.Select(property => $"\"{property.Name}\":{property.Schema}"))}}},"
        + $"\"required\":[\"{properties[0].Name}\"]}}";

    public static void AssertRepaired(string schema, string text, string expected, params ToolRepairKind[] kinds)
    {
        var repaired = Repair(schema, text);

        Assert.Null(repaired.Error);
        Assert.Equal(expected, repaired.Value.GetRawText());
        Assert.Equal(expected, repaired.Text);
        Assert.Equal(kinds.Order(), repaired.Repairs.Select(repair => repair.Kind).Order());
        Assert.All(repaired.Repairs, repair => Assert.EndsWith(".", repair.Message, StringComparison.Ordinal));
    }

    /// <summary>Asserts that nothing changes: the error is the one that there is without repair.</summary>
    public static void AssertRefused(string schema, string text)
    {
        var refused = Repair(schema, text);

        Assert.NotNull(refused.Error);
        Assert.Empty(refused.Repairs);
        Assert.Equal(text, refused.Text);
        Assert.Equal(Repair(schema, text, repairs: false).Error!.Message, refused.Error.Message);
    }

    public static void AssertUnchanged(string schema, string text)
    {
        var valid = Repair(schema, text);

        Assert.Null(valid.Error);
        Assert.Equal(text, valid.Text);
        Assert.Empty(valid.Repairs);
    }

    public static bool AreEqual(string first, string second) => JsonElement.DeepEquals(JsonElement.Parse(first), JsonElement.Parse(second));
}
