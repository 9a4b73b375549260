namespace ToolService.Core.Storage.Writing;

/// <summary>What one caller wants written, wholly or not at all. May be run more than once; only the last run counts.</summary>
internal interface IWriteUnit
{
    /// <summary>What is written, as the journal's points call it; null for what is no part of the journal.</summary>
    string? Name { get; }

    /// <summary>The id of what is written.</summary>
    string Subject { get; }

    /// <summary>Runs it in the transaction at hand.</summary>
    void Run(WriteSession session);

    /// <summary>It is durable: releases the caller.</summary>
    void Complete();

    /// <summary>It is not written: fails the caller.</summary>
    void Fail(Exception fault);
}
