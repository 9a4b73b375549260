using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Conversations.Attachments;

namespace ToolService.Core.Conversations;

/// <summary>What a client asks of a turn.</summary>
/// <param name="Owner">Who asks.</param>
/// <param name="Message">The user's message.</param>
public sealed record TurnRequest(string Owner, string Message)
{
    /// <summary>The files that come with the message, as they were asked for.</summary>
    public IReadOnlyList<AttachmentRequest> Attachments { get; init; } = [];

    /// <summary>The same files, as <see cref="AttachmentReader"/> has read them.</summary>
    public IReadOnlyList<AIContent> Files { get; init; } = [];

    /// <summary>The session to go on with; null starts a new one.</summary>
    public string? SessionId { get; init; }

    /// <summary>
    /// The whole conversation as a client without sessions has it, without system prompts, in place of <see cref="Message"/> and
    /// <see cref="SessionId"/>: the session that it is of goes on, or a new one begins with it. The turn begins with what follows the
    /// assistant's last message.
    /// </summary>
    public ClientTranscript? Conversation { get; init; }

    /// <summary>The session's system prompt from now on; null keeps the one it has.</summary>
    public string? SystemPrompt { get; init; }

    /// <summary>The configured model; null uses the session's, or the default.</summary>
    public string? Model { get; init; }

    /// <summary>Name patterns of the tools this turn may use, within what the service allows; null for all of those.</summary>
    public IReadOnlyList<string>? Tools { get; init; }

    /// <summary>
    /// A key by which the same request, sent again, finds the turn of the first: 1 to 128 of letters, digits, <c>_</c> and <c>-</c>.
    /// Null asks for a new turn each time.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>How many model requests the turn may make; null uses <c>Chat:MaxRounds</c>, which is also the most.</summary>
    public int? MaxRounds { get; init; }

    /// <summary>
    /// Whether the model is told what was asked and answered before: in the session's last turn, or without a session in the owner's last one.
    /// </summary>
    public bool ContinuePrevious { get; init; }

    /// <summary>How the model is asked.</summary>
    public TurnSettings Settings { get; init; } = TurnSettings.Default;

    /// <summary>Who is told when the turn ends or waits for a person; null for nobody.</summary>
    public string? CallbackUrl { get; init; }

    /// <summary>Whether the turn is queued, and run when there is room among those in the background, instead of beginning at once.</summary>
    public bool Background { get; init; }

    /// <summary>Tells requests for the same from others, whatever their keys.</summary>
    internal string Fingerprint()
    {
        List<object?> asked = [Message, SessionId, SystemPrompt, Model, Tools, MaxRounds];
        // Left out where they are not asked for: keys from before there were these stay good.
        if (CallbackUrl is not null || Background)
            asked.AddRange([CallbackUrl, Background]);
        if (Conversation is not null)
            asked.Add(Conversation.HashAll());
        if (Settings != TurnSettings.Default)
            asked.Add(Settings);
        // What is at an address may change, and who asks again asks for the same.
        if (Attachments.Count > 0)
            asked.Add(Attachments);
        if (ContinuePrevious)
            asked.Add(nameof(ContinuePrevious));
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(asked)));
    }
}
