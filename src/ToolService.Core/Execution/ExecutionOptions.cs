using System.ComponentModel.DataAnnotations;
using ToolService.Core.Execution.Repair;

namespace ToolService.Core.Execution;

/// <summary>How calls run: <c>Execution</c>.</summary>
public sealed class ExecutionOptions
{
    /// <summary>How many calls run at once, over all tools. Default 64.</summary>
    [Range(1, 100_000)]
    public int MaxParallelCalls { get; set; } = 64;

    /// <summary>How many more may wait for a free slot before further ones are refused as <c>unavailable</c>. Default 1,000.</summary>
    [Range(0, 1_000_000)]
    public int MaxQueuedCalls { get; set; } = 1000;

    /// <summary>How long a call waits for a free slot before it is refused as <c>unavailable</c>. Default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan QueueTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one attempt may take where the tool's policy does not say. Default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan DefaultTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many calls of one batch or round run at once. Default 8.</summary>
    [Range(1, 10_000)]
    public int MaxParallelPerBatch { get; set; } = 8;

    /// <summary>The longest result, in characters, that a model is given; the history keeps it whole. Default 20,000.</summary>
    [Range(100, int.MaxValue)]
    public int MaxResultCharacters { get; set; } = 20_000;

    /// <summary>The largest result, in bytes of JSON, that is accepted from a tool; a larger one fails the call. Default 4 MiB.</summary>
    [Range(100, int.MaxValue)]
    public int MaxResultBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>The wait before the first retry; it doubles each time, with jitter. Default 200 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait before a retry; a tool that asks for a longer one is not retried. Default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many of a tool's attempts within 30 seconds must have been made, half of them failing, before the tool is paused. Default 20.</summary>
    [Range(2, 100_000)]
    public int BreakerMinimumAttempts { get; set; } = 20;

    /// <summary>How long a tool that keeps failing is paused before it is tried again. Default 15 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "1.00:00:00")]
    public TimeSpan BreakerPause { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a confirmation waits for a decision. Default 15 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan ConfirmationLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a running tool waits for the answer to a question that it asks a person. Default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan ElicitationTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long running calls may go on after the service was told to stop. Default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan ShutdownGrace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Rules for the arguments of every call.</summary>
    public ArgumentOptions Arguments { get; } = new();

    /// <summary>Whose nearly-right arguments are repaired.</summary>
    public RepairOptions Repair { get; } = new();
}
