using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace ToolService.Core.Storage.Writing;

/// <summary>
/// Writes units together in one transaction. Where that fails before the commit, each is written alone, once, so that only the faulty ones
/// fail and a connection that had gone stale is replaced. A failed commit is not repeated: whether it took effect cannot be known.
/// </summary>
internal sealed partial class BatchWriter(IDatabase database, ILogger logger) : IDisposable
{
    private WriteSession? _session;

    private enum Step
    {
        Connecting,
        Writing,
        Committing,
        Done,
    }

    /// <summary>Writes all units, and completes or fails each. Never throws.</summary>
    public void Write(IReadOnlyList<IWriteUnit> units)
    {
        var (step, fault) = Attempt(units);
        if (step == Step.Writing)
            WriteAlone(units, fault!);
        else
            Finish(units, step, fault);
    }

    public void Dispose() => _session?.Dispose();

    private void WriteAlone(IReadOnlyList<IWriteUnit> units, Exception cause)
    {
        LogRetry(logger, units.Count, cause);
        for (var i = 0; i < units.Count; i++)
        {
            IWriteUnit[] unit = [units[i]];
            var (step, fault) = Attempt(unit);
            Finish(unit, step, fault);
            if (step != Step.Connecting)
                continue;

            // Without a connection the others would each wait for the same time-out.
            Finish([.. units.Skip(i + 1)], step, fault);
            return;
        }
    }

    private (Step Reached, Exception? Fault) Attempt(IReadOnlyList<IWriteUnit> units)
    {
        var step = Step.Connecting;
        try
        {
            var session = _session ??= new WriteSession(database.Open());
            step = Step.Writing;
            session.Begin();
            foreach (var unit in units)
            {
                JournalPoints.Before(unit.Name, unit.Subject);
                unit.Run(session);
            }

            step = Step.Committing;
            session.Commit();
            return (Step.Done, null);
        }
        catch (Exception fault)
        {
            Drop();
            return (step, fault);
        }
    }

    private void Finish(IReadOnlyList<IWriteUnit> units, Step step, Exception? fault)
    {
        if (fault is not null)
            LogFault(logger, units.Count, step, fault);
        else
            foreach (var unit in units)
                JournalPoints.After(unit.Name, unit.Subject);
        BatchRelease.Queue(units, fault is null ? static unit => unit.Complete() : unit => unit.Fail(Explain(step, fault)));
    }

    private Exception Explain(Step step, Exception fault) => step switch
    {
        Step.Connecting => new StorageException($"{database.Name} cannot be reached; nothing was written.", fault),
        Step.Committing => new StorageException($"{database.Name} failed while it committed; whether it was written is not known.", fault),
        _ when fault is DbException => new StorageException($"{database.Name} refused the write; nothing was written.", fault),
        _ => fault,
    };

    private void Drop()
    {
        try
        {
            _session?.Dispose();
        }
        catch (Exception exception)
        {
            // The connection is given up because it failed: that it also fails to close changes nothing.
            LogDrop(logger, exception);
        }

        _session = null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A batch of {Count} writes failed; writing each alone")]
    private static partial void LogRetry(ILogger logger, int count, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} writes failed while {Step}")]
    private static partial void LogFault(ILogger logger, int count, Step step, Exception exception);

    [LoggerMessage(Level = LogLevel.Debug, Message = "A failed connection did not close cleanly")]
    private static partial void LogDrop(ILogger logger, Exception exception);
}
