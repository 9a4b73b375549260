using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Conversations.Selection;
using ToolService.Core.Tools;

namespace ToolService.Core.Tests.Conversations.Selection;

/// <summary>Tools by which selection is tried, and short ways to ask for one.</summary>
internal static class SampleCatalog
{
    public static readonly ToolCatalog Small = Of(
        ("get_weather", "Tells the weather in a city: temperature, wind and rain.", "city"),
        ("convert_currency", "Converts an amount of money from one currency to another.", "amount"),
        ("send_email", "Sends an email message to somebody.", "recipient"),
        ("list_invoices", "Lists the invoices of a customer.", "customer_id"),
        ("refund_payment", "Pays a customer's money back.", "payment_id"),
        ("createCalendarEvent", "Puts an event into the calendar.", "start_time"),
        ("search", "Searches the knowledge base.", "query"),
        ("translate_text", "Translates text into another language.", "target_language"),
        ("chaxun_tianqi", "查询城市的天气预报", "chengshi"),
        ("haeufige_fragen", "Beantwortet häufige Fragen zur Straße und Größe.", "frage"));

    public static ToolCatalog Of(params (string Name, string Description, string Parameter)[] tools) =>
        new(tools.Select(tool => Define(tool.Name, tool.Description, tool.Parameter)));

    /// <summary>So many tools that say nothing in particular, after the small catalog's.</summary>
    public static ToolCatalog Of(int count) => new(
        [.. Small.Tools, .. Enumerable.Range(0, count - Small.Tools.Count)
            .Select(i => Define($"tool_{i}", $"Does the thing number {i} of kind k{i % 97}.", $"p{i}"))]);

    public static Tool Define(string name, string description, string parameter = "value") => new(new Declared(
        name,
        description,
        JsonSerializer.SerializeToElement(new
        {
            type = "object",
            properties = new Dictionary<string, object> { [parameter] = new { type = "string" } },
        })));

    public static SelectionRequest Request(string message, int limit = 3, ToolCatalog? catalog = null) =>
        new(catalog ?? Small, (catalog ?? Small).Tools, message, limit);

    public static async Task<IReadOnlyList<string>> NamesAsync(this IToolSelector selector, SelectionRequest request) =>
        [.. (await selector.SelectAsync(request, TestContext.Current.CancellationToken)).Tools.Select(tool => tool.Name)];

    private sealed class Declared(string name, string description, JsonElement schema) : AIFunction
    {
        public override string Name => name;

        public override string Description => description;

        public override JsonElement JsonSchema => schema;

        protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) =>
            default;
    }
}
