using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using ToolService.Core.Models;

namespace ToolService.Core.Conversations.Convergence;

/// <summary>Refuses settings under <c>Chat:Convergence</c> that cannot work.</summary>
internal sealed class ConvergenceOptionsValidation(IOptions<ModelsOptions> models) : IValidateOptions<ConversationOptions>
{
    private const string Section = "Chat:Convergence";

    public ValidateOptionsResult Validate(string? name, ConversationOptions options)
    {
        var convergence = options.Convergence;
        List<ValidationResult> results = [];
        Validator.TryValidateObject(convergence, new ValidationContext(convergence), results, validateAllProperties: true);
        List<string> failures = [.. results.Select(result => $"{Section}:{string.Join(", ", result.MemberNames)}: {result.ErrorMessage}")];
        if (convergence.StopAfter <= convergence.NudgeAfter)
            failures.Add($"{Section}:StopAfter must be more than NudgeAfter ({convergence.NudgeAfter}), is {convergence.StopAfter}.");
        string[] names =
            [.. models.Value.Endpoints.Keys.Append(ModelsOptions.Demo).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (convergence.RecoveryModel is { } model && !names.Contains(model))
            failures.Add($"{Section}:RecoveryModel '{model}' is none of: {string.Join(", ", names)}.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
