using System.ComponentModel.DataAnnotations;

namespace ToolService.Core.Conversations.Attachments;

/// <summary>What may come with a message: <c>Chat:Attachments</c>.</summary>
public sealed class AttachmentOptions
{
    /// <summary>How many files a message may have. Default 10; 0 for none.</summary>
    [Range(0, 1000)]
    public int MaxCount { get; set; } = 10;

    /// <summary>The largest of them, in bytes. Default 5,000,000. Those in the request itself are bounded by <c>Server:MaxRequestBytes</c> as well.</summary>
    [Range(1, 100_000_000)]
    public int MaxBytes { get; set; } = 5_000_000;
}
