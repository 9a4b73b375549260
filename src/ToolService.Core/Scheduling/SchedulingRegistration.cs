using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quartz;
using ToolService.Core.Conversations;
using ToolService.Core.Execution;

namespace ToolService.Core.Scheduling;

/// <summary>Registers the scheduler and what it runs.</summary>
internal static class SchedulingRegistration
{
    private const int OtherJobs = 5;

    // What is in no hurry leaves the first requests alone.
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Registers the jobs, and a scheduler that begins when the service has started and stops with it. Its schedule is in memory: what must
    /// not be forgotten is in the database, and is scheduled from there at the start.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="retention">How long an ended call stays in the history; null for ever.</param>
    public static IServiceCollection AddScheduling(this IServiceCollection services, Func<IServiceProvider, TimeSpan?> retention)
    {
        services.AddTransient(provider => new HistoryRetention(
            provider.GetRequiredService<ICallStore>(),
            retention(provider),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<HistoryRetention>>()));
        services.AddSingleton<IBackgroundTurns, BackgroundTurns>();
        services.AddOptions<ThreadPoolOptions>().Configure<IOptions<ConversationOptions>>(
            (pool, chat) => pool.MaxConcurrency = chat.Value.MaxBackgroundTurns + CallbackJob.MaxParallel + OtherJobs);
        services.AddQuartz(quartz =>
        {
            // A job at work is told to stop, and waited for: what it writes is written before the store closes.
            quartz.ConfigureScheduler(scheduler => scheduler.ShutdownJobInterruption = ShutdownJobInterruption.WhenWaitingForJobs);
            quartz.UseInMemoryStore();
            quartz.UseExecutionLimits((provider, limits) => limits
                .ForGroup(nameof(CallbackJob), CallbackJob.MaxParallel)
                .ForGroup(nameof(BackgroundTurnJob), Chat(provider).MaxBackgroundTurns));
            quartz.AddRepeated<TurnRecovery>(TimeSpan.Zero, _ => TurnRecovery.Period);
            quartz.AddRepeated<CallbackRecovery>(TimeSpan.Zero, _ => CallbackRecovery.Period);
            quartz.AddRepeated<ConfirmationExpiry>(Later, _ => ConfirmationExpiry.Period);
            quartz.AddRepeated<HistoryRetention>(Later, provider => HistoryRetention.Period(retention(provider)));
            quartz.AddRepeated<EventRetention>(Later, provider => HistoryRetention.Period(Chat(provider).EventRetention));
            quartz.AddForItems<BackgroundTurnJob>();
            quartz.AddForItems<CallbackJob>();
        });
        services.AddHostedService<NewCallbacks>();
        services.AddHostedService<RecoveryAfterStop>();
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        return services;
    }

    private static void AddForItems<TJob>(this IQuartzBuilder quartz)
        where TJob : class, IJob => quartz.AddJob<TJob>(job => job.WithIdentity(typeof(TJob).Name).StoreDurably());

    private static ConversationOptions Chat(IServiceProvider provider) => provider.GetRequiredService<IOptions<ConversationOptions>>().Value;

    // A machine that slept runs what it missed once, and at once.
    private static void AddRepeated<TJob>(this IQuartzBuilder quartz, TimeSpan delay, Func<IServiceProvider, TimeSpan> period)
        where TJob : class, IJob => quartz.ScheduleJob<TJob>((provider, trigger) => trigger
            .WithIdentity(typeof(TJob).Name)
            .StartAt(provider.GetRequiredService<TimeProvider>().GetUtcNow() + delay)
            .WithSchedule(SimpleScheduleBuilder.Create()
                .WithInterval(period(provider))
                .RepeatForever()
                .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithExistingCount)));
}
