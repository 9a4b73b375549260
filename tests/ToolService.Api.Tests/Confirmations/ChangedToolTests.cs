using System.ComponentModel;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ToolService.Core.Tools;

namespace ToolService.Api.Tests.Confirmations;

public sealed class ChangedToolTests
{
    private static readonly ToolPolicy Policy = new() { RequiresConfirmation = true };

    private readonly List<string> _effects = [];

    [Fact]
    public async Task Approval_of_a_tool_that_changed_shows_the_difference_and_runs_nothing()
    {
        await using var service = await TestService.StartAsync();
        Register(service, Tool("Sends a mail to the list.", Policy));
        var id = await AskAsync(service);
        Register(service, ToolFactory.FromMethod(
            ([Description("Who gets it.")] string to, bool urgent) => Send(to + urgent), "send", "Sends a mail to everybody.",
            Policy with { Destructive = true }));

        var problem = await ApproveAsync(service, id, HttpStatusCode.Conflict);

        Assert.Equal("tool_changed", problem.Text("code"));
        var changes = problem.GetProperty("changes").EnumerateArray().ToDictionary(change => change.Text("pointer"));
        Assert.Equal("Sends a mail to the list.", changes["/description"].Text("was"));
        Assert.Equal("Sends a mail to everybody.", changes["/description"].Text("is"));
        var destructive = changes["/annotations/destructive"];
        Assert.Equal((false, true), (destructive.GetProperty("was").GetBoolean(), destructive.GetProperty("is").GetBoolean()));
        Assert.False(changes["/input_schema/properties/urgent"].TryGetProperty("was", out _));
        Assert.Equal("boolean", changes["/input_schema/properties/urgent"].GetProperty("is").Text("type"));
        Assert.Equal("""["to","urgent"]""", changes["/input_schema/required"].GetProperty("is").GetRawText());
        Assert.Equal(4, changes.Count);
        Assert.Empty(_effects);
    }

    [Fact]
    public async Task Difference_is_kept_with_the_confirmation()
    {
        await using var service = await TestService.StartAsync();
        Register(service, Tool("Sends a mail to the list.", Policy));
        var id = await AskAsync(service);
        Register(service, Tool("Sends a mail to everybody.", Policy));
        var problem = await ApproveAsync(service, id, HttpStatusCode.Conflict);
        await service.RestartAsync();

        var confirmation = await service.Client.GetJsonAsync($"/v1/confirmations/{id}");

        Assert.Equal("denied", confirmation.Text("status"));
        Assert.True(JsonElement.DeepEquals(problem.GetProperty("changes"), confirmation.GetProperty("changes")));
    }

    [Fact]
    public async Task Tool_that_is_gone_is_shown_as_it_was()
    {
        await using var service = await TestService.StartAsync();
        Register(service, Tool("Sends a mail.", Policy));
        var id = await AskAsync(service);
        Register(service);

        var problem = await ApproveAsync(service, id, HttpStatusCode.Conflict);

        Assert.Contains("was removed", problem.Text("detail"), StringComparison.Ordinal);
        var change = Assert.Single(problem.GetProperty("changes").EnumerateArray());
        Assert.Equal("Sends a mail.", change.GetProperty("was").Text("description"));
        Assert.False(change.TryGetProperty("is", out _));
    }

    [Fact]
    public async Task Difference_of_huge_definitions_is_short()
    {
        await using var service = await TestService.StartAsync();
        Register(service, Tool(new string('a', 50_000), Policy));
        var id = await AskAsync(service);
        Register(service, Tool(new string('b', 50_000), Policy));

        var problem = await ApproveAsync(service, id, HttpStatusCode.Conflict);

        Assert.InRange(problem.GetRawText().Length, 1000, 2500);
    }

    [Fact]
    public async Task Tool_that_changed_and_changed_back_is_the_one_that_was_shown()
    {
        await using var service = await TestService.StartAsync();
        Register(service, Tool("Sends a mail.", Policy));
        var id = await AskAsync(service);
        Register(service, Tool("Sends two mails.", Policy));
        Register(service, Tool("Sends a mail.", Policy with { Timeout = TimeSpan.FromSeconds(5) }));

        await ApproveAsync(service, id, HttpStatusCode.OK);

        Assert.Single(_effects);
    }

    private static void Register(TestService service, params Tool[] tools) =>
        service.Services.GetRequiredService<ToolRegistry>().Replace("code", tools);

    private static async Task<string> AskAsync(TestService service) =>
        (await service.Client.CallAsync("send", """{"to":"x"}""", HttpStatusCode.Accepted)).GetProperty("confirmation").Text("id");

    private static Task<JsonElement> ApproveAsync(TestService service, string id, HttpStatusCode expected) =>
        service.Client.PostJsonAsync($"/v1/confirmations/{id}", """{"decision":"approve"}""", expected);

    private Tool Tool(string description, ToolPolicy policy) =>
        ToolFactory.FromMethod(([Description("Who gets it.")] string to) => Send(to), "send", description, policy);

    private string Send(string to)
    {
        _effects.Add(to);
        return "sent";
    }
}
