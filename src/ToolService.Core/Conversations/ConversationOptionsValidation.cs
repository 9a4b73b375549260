using Microsoft.Extensions.Options;
using ToolService.Core.Conversations.Callbacks;

namespace ToolService.Core.Conversations;

/// <summary>Refuses settings under <c>Chat</c> that cannot work, naming the setting and never a secret.</summary>
internal sealed class ConversationOptionsValidation : IValidateOptions<ConversationOptions>
{
    public ValidateOptionsResult Validate(string? name, ConversationOptions options) =>
        options.Callbacks.Secret is not { Length: > 0 } secret || CallbackSignature.TryReadSecret(secret, out _)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Chat:Callbacks:Secret is neither '{CallbackSignature.SecretPrefix}' and base64 nor other text, "
                + $"of at least {CallbackSignature.LeastSecretBytes} bytes.");
}
