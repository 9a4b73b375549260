using System.Collections.Concurrent;
using System.ComponentModel;
using Microsoft.Extensions.DependencyInjection;
using ToolService.Core.Tools;
using ToolService.Testing;

namespace ToolService.Api.Tests;

/// <summary>Tools that do what tests need to see: count their effects, wait until released, fail in every way there is.</summary>
internal sealed class TestTools
{
    public const string Secret = "password=hunter2";

    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _failures;

    /// <summary>What <c>add_note</c> and <c>delete_note</c> did, in order.</summary>
    public ConcurrentQueue<string> Effects { get; } = new();

    /// <summary>How often <c>flaky</c> fails before it succeeds.</summary>
    public int FailuresToCome { get; set; }

    /// <summary>How often <c>flaky</c> was started.</summary>
    public int FlakyStarts => _failures;

    /// <summary>Completes when <c>hang</c>, <c>ignore</c> or <c>slow_note</c> has begun.</summary>
    public Task Started => _started.Task;

    /// <summary>The service with these tools.</summary>
    public async Task<TestService> StartServiceAsync(params (string Name, string Value)[] settings)
    {
        var service = await TestService.StartAsync(settings.ToDictionary(setting => setting.Name, setting => setting.Value));
        AddTo(service);
        return service;
    }

    /// <summary>The service with these tools, whose default model answers what a test tells it to.</summary>
    public Task<TestService> StartServiceAsync(ScriptedModelServer model, params (string Name, string Value)[] settings) =>
        StartServiceAsync([
            ("Models:Endpoints:scripted:BaseUrl", model.BaseUrl.ToString()), ("Models:Endpoints:scripted:Model", "scripted"),
            ("Models:Endpoints:scripted:ApiKey", "test"), ("Models:Endpoints:scripted:MaxRetries", "0"), ("Models:Default", "scripted"),
            // All of them, whatever the message.
            ("Chat:ToolSelection:MaxTools", "1000"), .. settings]);

    /// <summary>Gives a service these tools, as after its restart.</summary>
    public void AddTo(TestService service) => service.Services.GetRequiredService<ToolRegistry>().Replace("code", All());

    /// <summary>Lets everything that waits go on.</summary>
    public void Release() => _release.TrySetResult();

    private IEnumerable<Tool> All()
    {
        var readOnly = new ToolPolicy { ReadOnly = true };
        yield return ToolFactory.FromMethod(([Description("What to say.")] string text) => text, "echo", "Says what it is told.", readOnly);
        yield return ToolFactory.FromMethod(AddNote, "add_note", "Adds a note.");
        yield return ToolFactory.FromMethod(DeleteNote, "delete_note", "Deletes a note.", new ToolPolicy { Destructive = true, RequiresConfirmation = true });
        yield return ToolFactory.FromMethod(SlowNoteAsync, "slow_note", "Adds a note when released.");
        yield return ToolFactory.FromMethod(HangAsync, "hang", "Waits until it is cancelled.", readOnly);
        yield return ToolFactory.FromMethod(Ignore, "ignore", "Blocks its thread and ignores its cancellation.", readOnly);
        yield return ToolFactory.FromMethod(Flaky, "flaky", "Fails a few times.", readOnly);
        yield return ToolFactory.FromMethod(Flaky, "flaky_note", "Fails a few times, with effects.");
        yield return ToolFactory.FromMethod(string () => throw new InvalidOperationException(Secret), "throw", "Throws.");
        yield return ToolFactory.FromMethod(string () => throw new ToolException("The note is locked; unlock it first."), "refuse", "Refuses.");
        yield return ToolFactory.FromMethod(() => new string('x', 100_000_000), "huge", "Returns 100 MB.", readOnly);
        yield return ToolFactory.FromMethod((int length) => new string('x', length), "long", "Returns a long text.", readOnly);
        yield return ToolFactory.FromMethod(Endless, "endless", "Returns a list without end.", readOnly);
    }

    private string AddNote(string text)
    {
        Effects.Enqueue(text);
        return $"added {text}";
    }

    private string DeleteNote(string text)
    {
        Effects.Enqueue($"deleted {text}");
        return $"deleted {text}";
    }

    private async Task<string> SlowNoteAsync(string text, CancellationToken cancellationToken)
    {
        _started.TrySetResult();
        await _release.Task.WaitAsync(cancellationToken);
        return AddNote(text);
    }

    private async Task<string> HangAsync(CancellationToken cancellationToken)
    {
        _started.TrySetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return "";
    }

    private string Ignore()
    {
        _started.TrySetResult();
        _release.Task.Wait(CancellationToken.None);
        return "";
    }

    private string Flaky() => Interlocked.Increment(ref _failures) <= FailuresToCome
        ? throw new ToolException("The other side is busy.") { Retryable = true, RetryAfter = TimeSpan.FromMilliseconds(1) }
        : "done";

    private static IEnumerable<int> Endless()
    {
        for (var i = 0; ; i++)
            yield return i;
    }
}
