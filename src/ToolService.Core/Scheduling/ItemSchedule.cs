using Quartz;

namespace ToolService.Core.Scheduling;

/// <summary>Runs a job for single things in the database, by their ids. Its key and its execution group are the name of its type.</summary>
internal static class ItemSchedule
{
    private const string Id = "id";

    /// <summary>Runs the job for an item at its time, or at once where that has passed; the item that was due first goes first.</summary>
    public static async Task RunForAsync<TJob>(this IScheduler scheduler, string id, DateTimeOffset at, CancellationToken cancellationToken)
        where TJob : IJob
    {
        var trigger = TriggerBuilder.Create()
            .ForJob(typeof(TJob).Name)
            .WithIdentity(id, typeof(TJob).Name)
            .WithExecutionGroup(typeof(TJob).Name)
            .UsingJobData(Id, id)
            .StartAt(at)
            // Otherwise what is late would go to the end of the queue.
            .WithSchedule(SimpleScheduleBuilder.Create().WithMisfireInstruction(SimpleTriggerMisfireInstruction.IgnoreMisfires))
            .Build();
        await scheduler.ScheduleTrigger(trigger, TriggerConflict.Keep, cancellationToken);
    }

    /// <summary>The id of the item that a job runs for.</summary>
    public static string ItemId(this IJobExecutionContext context) => context.MergedJobDataMap.GetString(Id)!;
}
