using System.Net.Sockets;
using System.Text.Json;

namespace ToolService.Core.Models.Wire;

/// <summary>Says what went wrong at the provider, in words that are safe for clients and name what to check.</summary>
/// <param name="name">The name under which the model is configured.</param>
/// <param name="model">Its name at the provider.</param>
/// <param name="api">What answers are called there, such as <c>chat completion</c>.</param>
/// <param name="text">Makes the provider's own words safe.</param>
/// <param name="time">What the date in a Retry-After is relative to.</param>
internal sealed class ProviderErrors(string name, string model, string api, SafeText text, TimeProvider time)
{
    /// <summary>An answer that is not a success.</summary>
    /// <param name="status">Its HTTP status.</param>
    /// <param name="header">Finds a header's value.</param>
    /// <param name="body">Its text, or the beginning.</param>
    public ModelException FromResponse(int status, Func<string, string?> header, string body)
    {
        var error = ErrorOf(body);
        var overflow = status is 401 or 403 or 404 or 429 ? null : ContextOverflow.Read(error);
        return new ModelException(Message(status, error))
        {
            StatusCode = status,
            // An empty account answers 429 like a rate limit, but waiting does not fill it; nor does it make a request shorter.
            Retryable = (status is 408 or 409 or 429 || status >= 500) && overflow is null && error.Text("code") is not "insufficient_quota",
            RetryAfter = RetryAfter.Read(status, header, error, time.GetUtcNow()),
            IsContextOverflow = overflow is not null,
            ContextTokens = overflow?.Window,
            RequestTokens = overflow?.Asked,
        };
    }

    /// <summary>An error inside a success: <c>{"error": …}</c> as a body or in a stream.</summary>
    public ModelException FromError(JsonElement error)
    {
        // The connection's own status was 200.
        var status = (error.Number("status_code") ?? error.Number("code")) is >= 400 and < 600 and var code
            ? (int)code
            : StatusOf(error.Text("type")) ?? StatusOf(error.Text("code")) ?? 200;
        var overflow = ContextOverflow.Read(error);
        return new ModelException($"Model '{name}' answered with an error{Details(error)}")
        {
            StatusCode = status,
            Retryable = status is (408 or 409 or 429 or >= 500) && overflow is null,
            RetryAfter = RetryAfter.Read(status, _ => null, error, time.GetUtcNow()),
            IsContextOverflow = overflow is not null,
            ContextTokens = overflow?.Window,
            RequestTokens = overflow?.Asked,
        };
    }

    public ModelException Malformed(Exception? inner = null) => new(
        $"Model '{name}' answered with something that is not a {api}; "
            + "check that its base URL ends with the API's version, such as /v1.",
        inner)
    {
        StatusCode = 200,
    };

    public ModelException Cut(Exception? inner = null) =>
        new($"The answer of model '{name}' broke off before its end.", inner) { StatusCode = 200, Retryable = true };

    public ModelException Stalled(TimeSpan idle, Exception inner) =>
        new($"The answer of model '{name}' broke off: nothing came for {idle.TotalSeconds:0.###} s.", inner) { StatusCode = 200, Retryable = true };

    public ModelException TooLarge(Exception inner) =>
        new($"The answer of model '{name}' is too large: {inner.Message}", inner) { StatusCode = 200 };

    public ModelException TimedOut(TimeSpan timeout, Exception inner) =>
        new($"Model '{name}' did not finish its answer within {timeout.TotalSeconds:0.###} s.", inner);

    public ModelException Unreachable(Exception inner)
    {
        var reason = inner switch
        {
            HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } =>
                "nothing answers at its configured base URL; check that the server runs",
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "the host of its base URL is not known",
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "no secure connection; check the certificate of its base URL",
            _ => "the connection failed",
        };
        return new ModelException($"Model '{name}' cannot be reached: {reason}.", inner) { Retryable = true };
    }

    private static int? StatusOf(string? kind) => kind switch
    {
        "rate_limit_error" or "rate_limit_exceeded" => 429,
        "server_error" or "api_error" => 500,
        "server_is_overloaded" => 503,
        "timeout_error" => 504,
        "overloaded_error" => 529,
        _ => null,
    };

    private string Message(int status, JsonElement error) => status switch
    {
        // Not the provider's words: they quote the key.
        401 => $"The provider refused the request (HTTP 401): check the API key of model '{name}'.",
        403 => $"The provider refused the request (HTTP 403): check what the API key of model '{name}' is allowed to use.",
        404 => $"The provider has no model '{model}', or no {api}s at this address (HTTP 404): "
            + $"check Model and BaseUrl of model '{name}'.",
        429 => $"The provider's rate limit or quota for model '{name}' is used up (HTTP 429){Details(error)}",
        < 400 => $"The provider sends requests for model '{name}' elsewhere (HTTP {status}): set its BaseUrl to the final address.",
        < 500 => $"The provider refused the request to model '{name}' (HTTP {status}){Details(error)}",
        _ => $"The provider of model '{name}' failed (HTTP {status}){Details(error)}",
    };

    private string Details(JsonElement error)
    {
        var message = error.Words();
        return string.IsNullOrWhiteSpace(message) ? "." : $": {text.Of(message)}";
    }

    private static JsonElement ErrorOf(string body)
    {
        try
        {
            var root = JsonElement.Parse(body);
            // Google's compatible endpoint answers with a list of one.
            if (root is { ValueKind: JsonValueKind.Array } && root.GetArrayLength() > 0)
                root = root[0];
            return root.Member("error") is { ValueKind: JsonValueKind.Object or JsonValueKind.String } error ? error : root;
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
