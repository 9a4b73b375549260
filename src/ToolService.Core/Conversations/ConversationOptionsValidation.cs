using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using ToolService.Core.Conversations.Attachments;
using ToolService.Core.Conversations.Callbacks;
using ToolService.Core.Conversations.Selection;

namespace ToolService.Core.Conversations;

/// <summary>Refuses settings under <c>Chat</c> that cannot work, naming the setting and never a secret.</summary>
internal sealed class ConversationOptionsValidation : IValidateOptions<ConversationOptions>
{
    public ValidateOptionsResult Validate(string? name, ConversationOptions options)
    {
        string[] failures =
        [
            .. Callbacks(options.Callbacks),
            .. Attachments(options.Attachments),
            .. ToolSelectionOptionsCheck.Failures(options.ToolSelection),
        ];
        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Attachments(AttachmentOptions options)
    {
        List<ValidationResult> results = [];
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return results.Select(result => $"Chat:Attachments:{string.Join(", ", result.MemberNames)}: {result.ErrorMessage}");
    }

    private static IEnumerable<string> Callbacks(CallbackOptions options) =>
        options.Secret is not { Length: > 0 } secret || CallbackSignature.TryReadSecret(secret, out _)
            ? []
            : [$"Chat:Callbacks:Secret is neither '{CallbackSignature.SecretPrefix}' and base64 nor other text, "
                + $"of at least {CallbackSignature.LeastSecretBytes} bytes."];
}
