using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using ToolService.Core.Models;
using ToolService.Core.Models.Anthropic;
using ToolService.Core.Models.Demo;
using ToolService.Core.Models.OpenAIResponses;

namespace ToolService.Core.Tests.Models;

public class ModelsOptionsTests
{
    [Fact]
    public void Demo_model_is_the_default_when_nothing_is_configured()
    {
        var options = Options();

        Assert.Equal("demo", options.Default);
        Assert.Empty(options.Endpoints);
    }

    [Fact]
    public void Key_alone_defines_and_selects_openai()
    {
        var options = Options(("OPENAI_API_KEY", " sk-1 "));

        Assert.Equal("openai", options.Default);
        var endpoint = options.Endpoints["openai"];
        Assert.Equal(("sk-1", null, "gpt-5-mini", ModelApi.OpenAIChat), (endpoint.ApiKey, endpoint.BaseUrl, endpoint.Model, endpoint.Api));
    }

    [Fact]
    public void Base_url_alone_defines_and_selects_openai()
    {
        var options = Options(("OPENAI_BASE_URL", "http://localhost:1234/v1"), ("MODEL_NAME", "qwen3"));

        Assert.Equal("openai", options.Default);
        Assert.Equal((new Uri("http://localhost:1234/v1"), "qwen3"), (options.Endpoints["openai"].BaseUrl, options.Endpoints["openai"].Model));
    }

    [Fact]
    public void Model_name_alone_defines_nothing() => Assert.Equal("demo", Options(("MODEL_NAME", "qwen3")).Default);

    [Fact]
    public void Explicit_default_wins() =>
        Assert.Equal("demo", Options(("OPENAI_API_KEY", "sk-1"), ("Models:Default", "demo")).Default);

    [Fact]
    public void Explicit_endpoint_settings_win()
    {
        var options = Options(
            ("OPENAI_API_KEY", "sk-1"), ("MODEL_NAME", "other"), ("Models:Endpoints:openai:Model", "gpt-5"), ("Models:Endpoints:openai:Timeout", "00:00:30"));

        Assert.Equal(("sk-1", "gpt-5", TimeSpan.FromSeconds(30)), (options.Endpoints["openai"].ApiKey, options.Endpoints["openai"].Model, options.Endpoints["openai"].Timeout));
    }

    [Fact]
    public void Variables_complete_an_endpoint_of_another_format()
    {
        var options = Options(("OPENAI_API_KEY", "sk-1"), ("MODEL_NAME", "gpt-5"), ("Models:Endpoints:openai:Api", "OpenAIResponses"));

        var registry = ModelRegistryFactory.Create(options, TimeProvider.System, NullLoggerFactory.Instance);

        Assert.Equal(("openai", "gpt-5"), (registry.Default.Name, registry.Default.ModelId));
        Assert.NotNull(registry.Default.Client.GetService<OpenAIResponsesClient>());
    }

    [Theory]
    [InlineData("Models:Endpoints:local:BaseUrl", "http://localhost:1/v1", "Models:Endpoints:local:Model is required.")]
    [InlineData("Models:Default", "x", "Models:Default 'x' is none of: demo.")]
    [InlineData("OPENAI_BASE_URL", "localhost:1234/v1", "Models:Endpoints:openai:BaseUrl must be an absolute http or https address, such as http://localhost:1234/v1.")]
    [InlineData("OPENAI_BASE_URL", "/v1", "Models:Endpoints:openai:BaseUrl must be an absolute http or https address, such as http://localhost:1234/v1.")]
    [InlineData("OPENAI_API_KEY", "a b", "Models:Endpoints:openai:ApiKey must be printable ASCII without spaces, or not set.")]
    [InlineData("Models:Endpoints:demo:Model", "x", "Models:Endpoints:demo: 'demo' is the built-in demo model; choose another name.")]
    [InlineData("Models:Endpoints:openai:MaxOutputTokens", "0", "Models:Endpoints:openai:MaxOutputTokens must be from 1 to 10,000,000.")]
    [InlineData("Models:Endpoints:openai:ApiVersion", "v1", "Models:Endpoints:openai:ApiVersion must be a date, such as 2023-06-01.")]
    [InlineData("Models:Endpoints:openai:Sampling", "7", "Models:Endpoints:openai:Sampling '7' is none of: ByModel, All, One, None.")]
    public void Mistake_is_told_with_its_setting(string key, string value, string message)
    {
        var result = new ModelsOptionsValidation().Validate(
            null, Options(key.Contains(":openai:", StringComparison.Ordinal) ? [("OPENAI_API_KEY", "sk-1"), (key, value)] : [(key, value)]));

        Assert.Equal([message], result.Failures);
    }

    [Theory]
    [InlineData("ToolCalling", "7", "ToolCalling '7' is none of: Native, Text.")]
    [InlineData("TextReasoning", "7", "TextReasoning '7' is none of: None, Tagged, Opened.")]
    [InlineData("TextCallFormat", "Herms", "TextCallFormat 'Herms' is none of: Auto, Hermes, QwenCoder, ")]
    public void Unknown_choice_is_told_with_those_there_are(string key, string value, string message)
    {
        var options = Options(("OPENAI_API_KEY", "sk-1"), ($"Models:Endpoints:openai:{key}", value));

        Assert.StartsWith(
            $"Models:Endpoints:openai:{message}",
            Assert.Single(new ModelsOptionsValidation().Validate(null, options).Failures!),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("StreamIdleTimeout", "00:00:00", "StreamIdleTimeout must be more than zero and at most one day.")]
    [InlineData("MaxParallelRequests", "0", "MaxParallelRequests must be from 1 to 100,000.")]
    [InlineData("RequestsPerMinute", "0", "RequestsPerMinute must be at least 1.")]
    [InlineData("TokensPerMinute", "0", "TokensPerMinute must be at least 1.")]
    [InlineData("MaxQueuedRequests", "-1", "MaxQueuedRequests must be from 0 to 1,000,000.")]
    [InlineData("MaxQueueTime", "2.00:00:00", "MaxQueueTime must be more than zero and at most one day.")]
    [InlineData("BreakerFailures", "-1", "BreakerFailures must be from 0 to 1,000.")]
    [InlineData("BreakerPause", "00:00:00.5", "BreakerPause must be at least a second and at most one day.")]
    public void Limit_out_of_range_is_told_with_its_setting(string key, string value, string message)
    {
        var result = new ModelsOptionsValidation().Validate(null, Options(("Models:Endpoints:a:Model", "x"), ($"Models:Endpoints:a:{key}", value)));

        Assert.Equal([$"Models:Endpoints:a:{message}"], result.Failures);
    }

    [Theory]
    [InlineData("a", null, "Models:Endpoints:a:Fallbacks 'a' is none of: demo.")]
    [InlineData("b", null, "Models:Endpoints:a:Fallbacks 'b' is none of: demo.")]
    [InlineData("demo", "demo", "Models:Endpoints:a:Fallbacks names a model twice.")]
    public void Fallbacks_that_cannot_stand_in_are_told(string first, string? second, string message)
    {
        var options = Options(("Models:Endpoints:a:Model", "x"), ("Models:Endpoints:a:Fallbacks:0", first));
        if (second is not null)
            options.Endpoints["a"].Fallbacks.Add(second);

        Assert.Equal([message], new ModelsOptionsValidation().Validate(null, options).Failures);
    }

    [Fact]
    public void Key_is_read_from_the_variable_that_is_named()
    {
        var options = Options(("Models:Endpoints:fast:ApiKeyEnv", "GROQ_API_KEY"), ("GROQ_API_KEY", "gsk-1"), ("Models:Endpoints:fast:Model", "x"));

        Assert.True(new ModelsOptionsValidation().Validate(null, options).Succeeded);
        Assert.Equal("gsk-1", options.Endpoints["fast"].ApiKey);
    }

    [Fact]
    public void Variable_that_is_named_and_not_set_is_told()
    {
        var options = Options(("Models:Endpoints:fast:ApiKeyEnv", "GROQ_API_KEY"), ("Models:Endpoints:fast:Model", "x"));

        Assert.Equal(
            ["Models:Endpoints:fast:ApiKeyEnv names the environment variable 'GROQ_API_KEY', which is not set."],
            new ModelsOptionsValidation().Validate(null, options).Failures);
    }

    [Fact]
    public void Every_mistake_is_told_at_once()
    {
        var options = Options(("Models:Endpoints:a:Timeout", "-00:00:01"), ("Models:Endpoints:a:MaxRetries", "21"), ("Models:Endpoints:a:ContextTokens", "0"), ("Models:Default", "b"));

        Assert.Equal(
            [
                "Models:Endpoints:a:Model is required.",
                "Models:Endpoints:a:Timeout must be more than zero and at most one day.",
                "Models:Endpoints:a:ContextTokens must be from 256 to 100000000.",
                "Models:Endpoints:a:MaxRetries must be from 0 to 20.",
                "Models:Default 'b' is none of: a, demo.",
            ],
            new ModelsOptionsValidation().Validate(null, options).Failures);
    }

    [Fact]
    public void Registry_has_the_configured_models_and_the_demo_model()
    {
        var options = Options(
            ("OPENAI_API_KEY", "sk-1"), ("MODEL_NAME", "gpt-5"), ("Models:Endpoints:offline:Api", "Demo"),
            ("Models:Endpoints:claude:Api", "Anthropic"), ("Models:Endpoints:claude:Model", "claude-sonnet-5"));
        Assert.True(new ModelsOptionsValidation().Validate(null, options).Succeeded);

        var registry = ModelRegistryFactory.Create(options, TimeProvider.System, NullLoggerFactory.Instance);

        Assert.Equal(["claude", "demo", "offline", "openai"], registry.Names);
        Assert.Equal(("openai", "gpt-5"), (registry.Default.Name, registry.Default.ModelId));
        Assert.Equal(DemoChatClient.ModelId, registry.Find("demo")!.ModelId);
        Assert.IsType<DemoChatClient>(registry.Find("offline")!.Client);
        Assert.NotNull(registry.Find("claude")!.Client.GetService(typeof(MessagesClient)));
    }

    private static ModelsOptions Options(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();
        var options = new ModelsOptions();
        new ModelsOptionsSetup(configuration).Configure(options);
        return options;
    }
}
