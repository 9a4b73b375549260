using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace ToolService.Api.Hosting.Settings;

/// <summary>Checks the attributes of options, with messages that name the setting as it is written in configuration.</summary>
internal sealed class AttributeValidation<TOptions>(string section) : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        List<ValidationResult> results = [];
        return Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(results.Select(result => $"{section}:{string.Join(", ", result.MemberNames)}: {result.ErrorMessage}"));
    }
}
