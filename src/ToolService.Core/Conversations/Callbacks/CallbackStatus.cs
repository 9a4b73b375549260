namespace ToolService.Core.Conversations.Callbacks;

/// <summary>Where a callback stands.</summary>
public enum CallbackStatus
{
    /// <summary>It is to be sent, or sent again.</summary>
    Pending,

    /// <summary>The receiver took it.</summary>
    Delivered,

    /// <summary>It was given up.</summary>
    Failed,
}
