using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using ToolService.Core.Models;

namespace ToolService.Core.Conversations.Context;

/// <summary>Refuses settings under <c>Chat:Context</c> that cannot work.</summary>
internal sealed class ContextOptionsValidation(IOptions<ModelsOptions> models) : IValidateOptions<ConversationOptions>
{
    private const string Section = "Chat:Context";
    private const ContextStrategies All = ContextStrategies.ToolResults | ContextStrategies.Summary | ContextStrategies.Window;

    public ValidateOptionsResult Validate(string? name, ConversationOptions options)
    {
        var failures = Check(options.Context).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private IEnumerable<string> Check(ContextOptions options)
    {
        List<ValidationResult> results = [];
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        foreach (var result in results)
            yield return $"{Section}:{string.Join(", ", result.MemberNames)}: {result.ErrorMessage}";
        if ((options.Strategy & ~All) != 0)
            yield return $"{Section}:Strategy '{options.Strategy}' is none of: {string.Join(", ", Enum.GetNames<ContextStrategies>())}.";
        if (options.Target >= options.Threshold)
            yield return $"{Section}:Target must be less than Threshold.";
        if (options.SummaryModel is { } model && model != ModelsOptions.Demo && !models.Value.Endpoints.ContainsKey(model))
            yield return $"{Section}:SummaryModel '{model}' is none of the configured models.";
    }
}
