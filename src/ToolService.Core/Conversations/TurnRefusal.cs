namespace ToolService.Core.Conversations;

/// <summary>Why a turn did not begin.</summary>
public enum TurnRefusal
{
    /// <summary>There is no such session, or it is not the owner's.</summary>
    SessionNotFound,

    /// <summary>The session has a turn at work or waiting.</summary>
    SessionBusy,

    /// <summary>The idempotency key came with another request before.</summary>
    KeyReused,

    /// <summary>No model is configured under that name.</summary>
    UnknownModel,

    /// <summary>The message has pictures, and the model reads none.</summary>
    ImagesNotRead,

    /// <summary>The operator has stopped the service.</summary>
    Stopped,

    /// <summary>The process is stopping.</summary>
    Stopping,
}
