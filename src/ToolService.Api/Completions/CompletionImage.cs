namespace ToolService.Api.Completions;

/// <summary>A picture that a message has with it.</summary>
/// <param name="Message">The message's place among those of the conversation.</param>
/// <param name="Url">Where the picture is, or the picture itself.</param>
/// <param name="Pointer">Where the request says so.</param>
internal sealed record CompletionImage(int Message, string Url, string Pointer);
