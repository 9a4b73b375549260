namespace ToolService.Core.Storage;

/// <summary>The database failed: it cannot be reached, its disk is full, or the service is stopping. The message names no secret.</summary>
public sealed class StorageException : Exception
{
    /// <summary>A failure, and what caused it.</summary>
    public StorageException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
