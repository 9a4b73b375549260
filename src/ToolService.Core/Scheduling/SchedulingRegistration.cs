using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quartz;
using ToolService.Core.Execution;

namespace ToolService.Core.Scheduling;

/// <summary>Registers the scheduler and what it runs.</summary>
internal static class SchedulingRegistration
{
    private const int OtherJobs = 4;

    /// <summary>
    /// Registers the jobs, and a scheduler that begins when the service has started and stops with it. It keeps its schedule in memory: what
    /// must not be forgotten is in the database.
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
        services.AddQuartz(quartz =>
        {
            // A job at work is told to stop, and waited for: what it writes is written before the store closes.
            quartz.ConfigureScheduler(options => options.ShutdownJobInterruption = ShutdownJobInterruption.WhenWaitingForJobs);
            quartz.UseInMemoryStore();
            quartz.UseDefaultThreadPool(CallbackJob.MaxParallel + OtherJobs);
            quartz.UseExecutionLimits(limits => limits.ForGroup(nameof(CallbackJob), CallbackJob.MaxParallel));
            quartz.AddJob<CallbackJob>(job => job.WithIdentity(nameof(CallbackJob)).StoreDurably());
            quartz.AddJob<CallbackRecovery>(job => job.WithIdentity(nameof(CallbackRecovery)).StoreDurably());
            quartz.RunAtStartup(new JobKey(nameof(CallbackRecovery)));
            quartz.ScheduleJob<HistoryRetention>((provider, trigger) => trigger
                .WithIdentity(nameof(HistoryRetention))
                .WithSchedule(Every(HistoryRetention.Period(retention(provider)))));
            quartz.ScheduleJob<ConfirmationExpiry>(trigger => trigger
                .WithIdentity(nameof(ConfirmationExpiry))
                .WithSchedule(Every(ConfirmationExpiry.Period)));
        });
        services.AddHostedService<NewCallbacks>();
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        return services;
    }

    // A machine that slept runs what it missed once, and at once.
    private static SimpleScheduleBuilder Every(TimeSpan period) => SimpleScheduleBuilder.Create()
        .WithInterval(period)
        .RepeatForever()
        .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithExistingCount);
}
