using Microsoft.Extensions.Options;
using ToolService.Core.Tools;
using ToolService.Core.Tools.Http;

namespace ToolService.Core.Conversations.Callbacks;

/// <summary>Tells which URLs callbacks may go to.</summary>
public sealed class CallbackUrls(GuardedHttp http, IOptions<ConversationOptions> options)
{
    /// <summary>Why there can be no callback to a URL, as far as that can be told now; null where nothing speaks against it.</summary>
    public async Task<string?> RefusalAsync(string url, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(options.Value.Callbacks.Secret))
            return "This service makes no callbacks: it has no secret to sign them with. The operator can configure Chat:Callbacks:Secret.";

        try
        {
            await http.CheckAsync(UrlRules.Parse(url), cancellationToken);
            return null;
        }
        catch (ToolException e)
        {
            // A name that cannot be looked up just now may be there when there is something to tell.
            return e.Retryable ? null : e.Message;
        }
    }
}
