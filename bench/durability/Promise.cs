namespace ToolService.Durability;

/// <summary>What the service promises about crashes; a violation is of one of these.</summary>
internal enum Promise
{
    /// <summary>A call that may not simply run again runs at most once.</summary>
    NoEffectTwice,

    /// <summary>What a client was answered is in the store.</summary>
    NoAnswerLost,

    /// <summary>A turn's events stay as they were shown, and go on from any of them without a gap.</summary>
    EventsGoOn,

    /// <summary>A call that was interrupted runs again where that is harmless, and has an unknown outcome where it is not.</summary>
    CallsSettleRightly,

    /// <summary>A model is not asked again for what it has answered and the store has.</summary>
    NoModelAskedAgain,

    /// <summary>Every turn comes to an end, or waits for a person, soon after the restart.</summary>
    TurnsSettle,

    /// <summary>Every session takes the next message, and its history is one that a provider accepts.</summary>
    SessionsGoOn,

    /// <summary>No request is answered with a failure of the service.</summary>
    NoStrayFailure,
}
