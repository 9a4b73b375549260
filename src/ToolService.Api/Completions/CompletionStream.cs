using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using ToolService.Api.Chat;
using ToolService.Api.Hosting.Errors;
using ToolService.Core.Conversations;

namespace ToolService.Api.Completions;

/// <summary>
/// A completion in chunks, as its turn's events come. The response begins with the first of them: what fails before is answered with its
/// status.
/// </summary>
internal sealed class CompletionStream(
    TurnRun run, TurnRequest asked, bool isRepeat, TurnFeeds feeds, TurnService turns, string model, bool includesUsage, bool isRefined)
    : IResult
{
    private const string RoundBreak = "\n\n";

    private readonly StringBuilder _shown = new();
    private readonly List<Range> _takenBackBefore = [];
    private long _created;
    private int _lastSent;
    private bool _isNewRound;
    private bool _isTakenBack;

    // An answer that must satisfy a schema is not one before it was checked, and one that is worked over is only a draft.
    private bool HoldsBack => isRefined || asked.Settings.ResponseSchema is not null;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        _created = httpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeSeconds();
        var aborted = httpContext.RequestAborted;
        try
        {
            if (isRepeat)
                await FindTakenBackAsync(aborted);
            if (!await TurnWatch.FollowAsync(httpContext, feeds, run.Id, 0, untilEnded: false, TakeEventAsync))
                CompletionEndpoints.Leave(httpContext, run, asked, turns);
            else if (_isTakenBack)
                await TakeBackAsync(httpContext);
            else
                await FinishAsync(httpContext, await run.Completion.WaitAsync(aborted));
        }
        catch (TurnLostException)
        {
            await FailAsync(httpContext, Problems.Internal());
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            CompletionEndpoints.Leave(httpContext, run, asked, turns);
        }

        Task<bool> TakeEventAsync(TurnEventRecord? record, CancellationToken left) => TakeAsync(httpContext, record, left);
    }

    private async Task<bool> TakeAsync(HttpContext context, TurnEventRecord? record, CancellationToken cancellationToken)
    {
        switch (record?.Type)
        {
            case null:
                await BeginAsync(context, cancellationToken);
                await TurnWatch.WriteAsync(context.Response, TurnWatch.StillHere, cancellationToken);
                break;
            case TurnEvent.Content.Name when !HoldsBack && !IsTakenBackBefore(record.Sequence):
                var text = JsonElement.Parse(record.Data).GetProperty("content").GetString();
                await ShowAsync(context, _isNewRound && _shown.Length > 0 ? RoundBreak + text : text!, cancellationToken);
                (_lastSent, _isNewRound) = (record.Sequence, false);
                break;
            case "tool_calls":
                _isNewRound = true;
                break;
            case "notice":
                _isTakenBack = VoidAfter(record) < _lastSent;
                break;
        }

        return !_isTakenBack;
    }

    // Of a request that came before, the log may hold text that was taken back since. Who asks again is not shown it.
    private async Task FindTakenBackAsync(CancellationToken cancellationToken)
    {
        await foreach (var record in feeds.WatchAsync(
            run.Id, 0, untilEnded: false, cancellationToken, letGo: new CancellationToken(canceled: true)))
        {
            if (record.Type == "notice" && VoidAfter(record) is { } after)
                _takenBackBefore.Add((after + 1)..record.Sequence);
        }
    }

    private bool IsTakenBackBefore(int sequence) =>
        _takenBackBefore.Exists(range => sequence >= range.Start.Value && sequence < range.End.Value);

    private static int? VoidAfter(TurnEventRecord notice) =>
        JsonElement.Parse(notice.Data).TryGetProperty("void_after", out var after) ? after.GetInt32() : null;

    // Text that was sent cannot be called back in this format, and the turn would go on for an answer that nobody reads.
    private async Task TakeBackAsync(HttpContext context)
    {
        if (asked.IdempotencyKey is null)
            turns.Abandon(run.Id);
        await FailAsync(context, Problems.Of(
            StatusCodes.Status502BadGateway, "answer_broke",
            "The model's answer broke off after some of it was sent. Ask again for a whole one."));
    }

    private async Task FinishAsync(HttpContext context, TurnReport report)
    {
        var answer = new CompletionAnswer(report, context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        if (answer.Problem is { } problem)
        {
            CompletionEndpoints.MarkFailed(context, report.Turn);
            await FailAsync(context, problem);
            return;
        }

        var aborted = context.RequestAborted;
        await BeginAsync(context, aborted);
        if (_shown.Length == 0 && answer.Text is { Length: > 0 } all)
            await ShowAsync(context, all, aborted);
        else if (answer.Notice is { } notice)
            await ShowAsync(context, RoundBreak + notice, aborted);
        foreach (var call in answer.Calls(areNumbered: true))
            await SendAsync(context, Chunk(new CompletionChunk.CompletionDelta(ToolCalls: [call])), aborted);

        // Before the client can go on: it then finds its session.
        var shown = new TranscriptMessage(ChatRole.Assistant, _shown.ToString()) { Calls = answer.HandedOver };
        await turns.NoteShownAsync(report.Turn, asked.Conversation!, shown);
        var last = Chunk(new CompletionChunk.CompletionDelta(), answer.FinishReason);
        await SendAsync(context, last with { Toolservice = CompletionTurn.Of(report) }, aborted);
        if (includesUsage)
            await SendAsync(context, Chunk(null) with { Usage = CompletionUsage.Of(report.Turn) }, aborted);
        await TurnWatch.WriteAsync(context.Response, "data: [DONE]\n\n", aborted);
    }

    private static async Task FailAsync(HttpContext context, ProblemResult problem)
    {
        if (!context.Response.HasStarted)
        {
            await problem.ExecuteAsync(context);
            return;
        }

        var error = CompletionProblems.Of(problem.Problem with { TraceId = ProblemResult.TraceIdOf(context) });
        await TurnWatch.WriteAsync(context.Response, $"data: {JsonOf(context, error)}\n\n", context.RequestAborted);
    }

    private async Task ShowAsync(HttpContext context, string text, CancellationToken cancellationToken)
    {
        await BeginAsync(context, cancellationToken);
        _shown.Append(text);
        await SendAsync(context, Chunk(new CompletionChunk.CompletionDelta(Content: text)), cancellationToken);
    }

    private async Task BeginAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Response.HasStarted)
            return;

        TurnWatch.Open(context.Response);
        await SendAsync(context, Chunk(new CompletionChunk.CompletionDelta("assistant", "")), cancellationToken);
    }

    private CompletionChunk Chunk(CompletionChunk.CompletionDelta? delta, string? finishReason = null) => new()
    {
        Id = CompletionEndpoints.IdOf(run.Id),
        Created = _created,
        Model = model,
        Choices = delta is null ? [] : [new CompletionChunk.CompletionChunkChoice(0, delta, null, finishReason)],
    };

    private static Task SendAsync(HttpContext context, CompletionChunk chunk, CancellationToken cancellationToken) =>
        TurnWatch.WriteAsync(context.Response, $"data: {JsonOf(context, chunk)}\n\n", cancellationToken);

    private static string JsonOf<T>(HttpContext context, T value) => JsonSerializer.Serialize(
        value, context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions.GetTypeInfo(typeof(T)));
}
