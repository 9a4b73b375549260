using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ToolService.Core.Execution;

namespace ToolService.Api.Tests.Confirmations;

public sealed class DecisionKeyTests
{
    private const string Approve = """{"decision":"approve"}""";
    private const string Note = """{"text":"x"}""";

    private readonly TestTools _tools = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Approve)]
    [InlineData("""{"decision":"approve","arguments":{"text":"y"}}""")]
    [InlineData("""{"decision":"deny","reason":"not today"}""")]
    public async Task Same_decision_gets_the_same_answer(string decision)
    {
        await using var service = await _tools.StartServiceAsync();
        var id = await AskAsync(service, "delete_note");

        var (first, replayed) = await DecideAsync(service, id, decision);
        var (second, replayedAgain) = await DecideAsync(service, id, decision);

        Assert.True(JsonElement.DeepEquals(first, second), $"{first}\n{second}");
        Assert.Equal((false, true), (replayed, replayedAgain));
        Assert.True(_tools.Effects.Count <= 1);
    }

    [Fact]
    public async Task Same_decision_gets_the_same_answer_after_a_restart()
    {
        await using var service = await _tools.StartServiceAsync();
        var id = await AskAsync(service, "delete_note");
        var (first, _) = await DecideAsync(service, id, Approve);
        await service.RestartAsync();

        var (second, replayed) = await DecideAsync(service, id, Approve);

        Assert.True(JsonElement.DeepEquals(first, second), $"{first}\n{second}");
        Assert.True(replayed);
    }

    [Fact]
    public async Task Same_decision_waits_for_the_approved_call_that_runs()
    {
        await using var service = await _tools.StartServiceAsync(("Tools:RequireConfirmation:0", "slow_note"));
        var id = await AskAsync(service, "slow_note");
        var first = DecideAsync(service, id, Approve);
        await _tools.Started;
        Task<(JsonElement Answer, bool Replayed)>[] others = [.. Enumerable.Range(0, 5).Select(_ => DecideAsync(service, id, Approve))];

        _tools.Release();

        Assert.Equal("added x", (await first).Answer.Text("result"));
        Assert.All(await Task.WhenAll(others), other => Assert.Equal(("added x", true), (other.Answer.Text("result"), other.Replayed)));
        Assert.Single(_tools.Effects);
    }

    [Fact]
    public async Task Decisions_with_one_key_at_the_same_moment_are_all_answered_with_one_run()
    {
        await using var service = await _tools.StartServiceAsync();
        var id = await AskAsync(service, "delete_note");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => DecideAsync(service, id, Approve)));

        Assert.All(answers, answer => Assert.Equal("deleted x", answer.Answer.Text("result")));
        Assert.Equal(1, answers.Count(answer => !answer.Replayed));
        Assert.Single(_tools.Effects);
    }

    [Theory]
    [InlineData("""{"decision":"deny"}""")]
    [InlineData("""{"decision":"approve","reason":"now with one"}""")]
    [InlineData("""{"decision":"approve","arguments":{"text":"y"}}""")]
    public async Task Same_key_with_another_decision_is_a_conflict(string other)
    {
        await using var service = await _tools.StartServiceAsync();
        var id = await AskAsync(service, "delete_note");
        await DecideAsync(service, id, Approve);

        var (problem, _) = await DecideAsync(service, id, other, HttpStatusCode.Conflict);

        Assert.Equal("idempotency_key_reused", problem.Text("code"));
        Assert.Equal("approved", problem.Text("confirmation_status"));
        Assert.Equal(["deleted x"], _tools.Effects);
    }

    [Theory]
    [InlineData("key-2")]
    [InlineData(null)]
    public async Task Another_key_or_none_is_a_second_decision(string? key)
    {
        await using var service = await _tools.StartServiceAsync();
        var id = await AskAsync(service, "delete_note");
        await DecideAsync(service, id, Approve);

        var (problem, _) = await DecideAsync(service, id, Approve, HttpStatusCode.Conflict, key);

        Assert.Equal("already_decided", problem.Text("code"));
    }

    [Fact]
    public async Task Decision_that_was_refused_for_its_arguments_leaves_its_key_free()
    {
        await using var service = await _tools.StartServiceAsync();
        var id = await AskAsync(service, "delete_note");
        await DecideAsync(service, id, """{"decision":"approve","arguments":{"text":5}}""", HttpStatusCode.BadRequest);

        var (answer, replayed) = await DecideAsync(service, id, Approve);

        Assert.Equal(("deleted x", false), (answer.Text("result"), replayed));
    }

    [Fact]
    public async Task Decision_that_was_refused_by_a_stop_leaves_its_key_free()
    {
        await using var service = await _tools.StartServiceAsync();
        var id = await AskAsync(service, "delete_note");
        await service.Client.PostJsonAsync("/v1/admin/stop", "{}");
        await DecideAsync(service, id, Approve, HttpStatusCode.ServiceUnavailable);
        await service.Client.PostJsonAsync("/v1/admin/start", "{}");

        var (answer, replayed) = await DecideAsync(service, id, Approve);

        Assert.Equal(("deleted x", false), (answer.Text("result"), replayed));
    }

    [Fact]
    public async Task Known_answer_is_given_while_the_service_is_stopped()
    {
        await using var service = await _tools.StartServiceAsync();
        var id = await AskAsync(service, "delete_note");
        await DecideAsync(service, id, Approve);
        await service.Client.PostJsonAsync("/v1/admin/stop", "{}");

        var (answer, replayed) = await DecideAsync(service, id, Approve);

        Assert.Equal(("deleted x", true), (answer.Text("result"), replayed));
    }

    [Theory]
    [InlineData("delete_note", "outcome_unknown", 0)]
    [InlineData("add_note", "succeeded", 1)]
    public async Task Approval_whose_call_was_cut_by_a_crash_is_answered_with_what_became_of_it(string tool, string status, int runs)
    {
        await using var service = await _tools.StartServiceAsync(
            ("Tools:RequireConfirmation:0", "add_note"), ("Tools:Policies:add_note:Idempotent", "true"));
        var id = await AskAsync(service, tool);
        await CrashWhileApprovedCallRunsAsync(service, id);
        _tools.Effects.Clear();

        var (answer, replayed) = await DecideAsync(service, id, Approve);
        var (again, _) = await DecideAsync(service, id, Approve);

        Assert.Equal((status, true), (answer.Text("status"), replayed));
        Assert.True(JsonElement.DeepEquals(answer, again), $"{answer}\n{again}");
        Assert.Equal(runs, _tools.Effects.Count);
    }

    [Fact]
    public async Task Malformed_key_is_refused_before_anything_is_decided()
    {
        await using var service = await _tools.StartServiceAsync();
        var id = await AskAsync(service, "delete_note");

        var (problem, _) = await DecideAsync(service, id, Approve, HttpStatusCode.BadRequest, "two words");

        Assert.Contains("Idempotency-Key", problem.Text("detail"), StringComparison.Ordinal);
        Assert.Equal("pending", (await service.Client.GetJsonAsync($"/v1/confirmations/{id}")).Text("status"));
    }

    private static async Task<string> AskAsync(TestService service, string tool) =>
        (await service.Client.CallAsync(tool, Note, HttpStatusCode.Accepted)).GetProperty("confirmation").Text("id");

    /// <summary>Leaves what a process leaves that is killed while the call runs that a person approved with the key.</summary>
    private static async Task CrashWhileApprovedCallRunsAsync(TestService service, string id)
    {
        var store = service.Services.GetRequiredService<ICallStore>();
        var another = await AskAsync(service, "delete_note");
        await DecideAsync(service, another, Approve);
        var decided = (await store.FindConfirmationAsync(another, Cancellation))!;
        var pending = (await store.FindConfirmationAsync(id, Cancellation))!;
        var call = (await store.FindAsync(pending.CallId, pending.Owner, Cancellation))!;
        var approved = pending with
        {
            Status = ConfirmationStatus.Approved,
            DecidedBy = decided.DecidedBy,
            DecisionKey = decided.DecisionKey,
            DecisionHash = decided.DecisionHash,
            DecidedAt = decided.DecidedAt,
        };
        Assert.True(await store.TryDecideAsync(approved, call with { Status = CallStatus.Started, DecidedBy = decided.DecidedBy }));
    }

    private static async Task<(JsonElement Answer, bool Replayed)> DecideAsync(
        TestService service, string id, string decision, HttpStatusCode expected = HttpStatusCode.OK, string? key = "key-1")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/confirmations/{id}")
        {
            Content = new StringContent(decision, Encoding.UTF8, "application/json"),
        };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using var response = await service.Client.SendAsync(request, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.StatusCode == expected, $"{response.StatusCode}: {text}");
        return (JsonElement.Parse(text), response.Headers.TryGetValues("Idempotent-Replayed", out var values) && values.Single() == "true");
    }
}
