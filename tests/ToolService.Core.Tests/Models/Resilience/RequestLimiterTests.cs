using ToolService.Core.Models;
using ToolService.Core.Models.Resilience;
using ToolService.Core.Tests.Execution;

namespace ToolService.Core.Tests.Models.Resilience;

public sealed class RequestLimiterTests
{
    private readonly FakeTime _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_are_let_in_in_their_order_as_others_end()
    {
        using var limiter = Limiter(new() { MaxParallelRequests = 2 });
        var (first, second) = (await EnterAsync(limiter), await EnterAsync(limiter));
        var (third, fourth) = (EnterAsync(limiter), EnterAsync(limiter));
        Assert.False(third.IsCompleted || fourth.IsCompleted);

        second.Dispose();
        using var let = await third;
        Assert.False(fourth.IsCompleted);

        first.Dispose();
        (await fourth).Dispose();
    }

    [Fact]
    public async Task Place_is_given_back_once()
    {
        using var limiter = Limiter(new() { MaxParallelRequests = 1 });
        var first = await EnterAsync(limiter);
        first.Dispose();
        first.Dispose();
        using var second = await EnterAsync(limiter);

        Assert.False(EnterAsync(limiter).IsCompleted);
    }

    [Fact]
    public async Task Wait_ends_after_its_time()
    {
        using var limiter = Limiter(new() { MaxParallelRequests = 1 });
        using var first = await EnterAsync(limiter);
        var second = EnterAsync(limiter);

        _time.Advance(TimeSpan.FromSeconds(30));

        var e = await Assert.ThrowsAsync<ModelException>(() => second);
        Assert.Equal("Model 'local' is asked as much as its limits allow, and others wait already; try again in 5 s.", e.Message);
        Assert.Equal((true, false, TimeSpan.FromSeconds(5)), (e.IsUnavailable, e.Retryable, e.RetryAfter));
        first.Dispose();
        (await EnterAsync(limiter)).Dispose();
    }

    [Fact]
    public async Task Queue_that_is_full_takes_no_more()
    {
        using var limiter = Limiter(new() { MaxParallelRequests = 1, MaxQueuedRequests = 1 });
        var first = await EnterAsync(limiter);
        var second = EnterAsync(limiter);

        Assert.True((await Assert.ThrowsAsync<ModelException>(() => EnterAsync(limiter))).IsUnavailable);

        first.Dispose();
        (await second).Dispose();
    }

    [Fact]
    public async Task Wait_that_is_given_up_frees_its_place_in_the_queue()
    {
        using var limiter = Limiter(new() { MaxParallelRequests = 1, MaxQueuedRequests = 1 });
        var first = await EnterAsync(limiter);
        using var cancellation = new CancellationTokenSource();
        var second = limiter.EnterAsync(0, cancellation.Token).AsTask();

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);

        var third = EnterAsync(limiter);
        first.Dispose();
        (await third).Dispose();
    }

    [Fact]
    public async Task Request_waits_until_a_minute_has_room_for_it()
    {
        using var limiter = Limiter(new() { RequestsPerMinute = 2 });
        (await EnterAsync(limiter)).Dispose();
        _time.Advance(TimeSpan.FromSeconds(40));
        (await EnterAsync(limiter)).Dispose();
        var third = EnterAsync(limiter);

        _time.Advance(TimeSpan.FromSeconds(19));
        Assert.False(third.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));

        (await third).Dispose();
    }

    [Fact]
    public async Task Wait_that_is_known_to_be_too_long_is_not_begun()
    {
        using var limiter = Limiter(new() { TokensPerMinute = 100 });
        (await EnterAsync(limiter, 80)).Dispose();
        _time.Advance(TimeSpan.FromSeconds(10));

        var e = await Assert.ThrowsAsync<ModelException>(() => EnterAsync(limiter, 30));

        Assert.Equal((true, TimeSpan.FromSeconds(50)), (e.IsUnavailable, e.RetryAfter));
        (await EnterAsync(limiter, 20)).Dispose();
    }

    [Fact]
    public async Task Those_ahead_in_the_queue_count_for_the_wait()
    {
        using var limiter = Limiter(new() { TokensPerMinute = 100 });
        (await EnterAsync(limiter, 50)).Dispose();
        _time.Advance(TimeSpan.FromSeconds(35));
        (await EnterAsync(limiter, 50)).Dispose();
        var third = EnterAsync(limiter, 40);

        var e = await Assert.ThrowsAsync<ModelException>(() => EnterAsync(limiter, 40));

        Assert.Equal(TimeSpan.FromSeconds(60), e.RetryAfter);
        _time.Advance(TimeSpan.FromSeconds(25));
        (await third).Dispose();
    }

    [Fact]
    public async Task What_was_estimated_is_put_right()
    {
        using var limiter = Limiter(new() { TokensPerMinute = 100 });
        using (var first = await EnterAsync(limiter, 90))
            first.Correct(10);
        using (var second = await EnterAsync(limiter, 90))
            second.Correct(200);

        Assert.Equal(TimeSpan.FromSeconds(60), (await Assert.ThrowsAsync<ModelException>(() => EnterAsync(limiter, 1))).RetryAfter);
    }

    [Fact]
    public async Task Request_that_is_larger_than_the_limit_goes_alone()
    {
        using var limiter = Limiter(new() { TokensPerMinute = 100 });
        (await EnterAsync(limiter, 5000)).Dispose();

        await Assert.ThrowsAsync<ModelException>(() => EnterAsync(limiter, 1));

        _time.Advance(TimeSpan.FromMinutes(1));
        (await EnterAsync(limiter, 5000)).Dispose();
    }

    [Fact]
    public async Task Request_that_gave_its_place_back_was_never_there()
    {
        using var limiter = Limiter(new() { MaxParallelRequests = 1, RequestsPerMinute = 1, TokensPerMinute = 10 });
        (await EnterAsync(limiter, 10)).GiveBack();

        (await EnterAsync(limiter, 10)).Dispose();
    }

    private static Task<RequestLimiter.Place> EnterAsync(RequestLimiter limiter, long tokens = 0) => limiter.EnterAsync(tokens, Cancellation).AsTask();

    private RequestLimiter Limiter(ModelEndpointOptions options) => new("local", options, _time);
}
