using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace ToolService.Core.Execution;

/// <summary>Checks what the attributes of <see cref="ExecutionOptions"/> cannot: the rules for arguments and their patterns.</summary>
internal sealed class ExecutionOptionsValidation : IValidateOptions<ExecutionOptions>
{
    public ValidateOptionsResult Validate(string? name, ExecutionOptions options)
    {
        List<ValidationResult> results = [];
        Validator.TryValidateObject(options.Arguments, new ValidationContext(options.Arguments), results, validateAllProperties: true);
        string[] failures =
        [
            .. results.Select(result => $"Execution:Arguments:{string.Join(", ", result.MemberNames)}: {result.ErrorMessage}"),
            .. options.Arguments.DenyPatterns.Select(FailureOf).OfType<string>(),
        ];
        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static string? FailureOf(string pattern, int index)
    {
        try
        {
            _ = ArgumentReader.Compile(pattern);
            return null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return $"Execution:Arguments:DenyPatterns:{index}: {e.Message}";
        }
    }
}
