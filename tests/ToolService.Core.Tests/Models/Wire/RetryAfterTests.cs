using System.Text.Json;
using ToolService.Core.Models.Wire;

namespace ToolService.Core.Tests.Models.Wire;

public class RetryAfterTests
{
    [Theory]
    [InlineData("retry-after-ms", "1500", 1.5)]
    [InlineData("x-ms-retry-after-ms", "250", 0.25)]
    [InlineData("Retry-After", "7", 7.0)]
    [InlineData("Retry-After", " 7 ", 7.0)]
    [InlineData("Retry-After", "0.25", 0.25)]
    [InlineData("Retry-After", "1m30s", 90.0)]
    [InlineData("Retry-After", "Fri, 20 Nov 2026 12:00:30 GMT", 30.0)]
    [InlineData("Retry-After", "Friday, 20-Nov-26 12:00:30 GMT", 30.0)]
    [InlineData("Retry-After", "Fri Nov 20 12:00:30 2026", 30.0)]
    [InlineData("Retry-After", "Sun Dec  6 12:00:00 2026", 86400.0)]
    [InlineData("Retry-After", "Fri, 20 Nov 2026 11:00:00 GMT", 0.0)]
    [InlineData("Retry-After", "-3", 0.0)]
    [InlineData("Retry-After", "1e300", 86400.0)]
    [InlineData("Retry-After", "NaN", null)]
    [InlineData("Retry-After", "soon", null)]
    [InlineData("Retry-After", "", null)]
    public void Header_is_read_in_each_of_its_forms(string header, string value, double? seconds) =>
        Assert.Equal(seconds, Read(503, [(header, value)]));

    [Theory]
    [InlineData("x-ratelimit-remaining-requests", "x-ratelimit-reset-requests", "6m0s", 360.0)]
    [InlineData("x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens", "250ms", 0.25)]
    [InlineData("x-ratelimit-remaining", "x-ratelimit-reset", "12", 12.0)]
    [InlineData("x-ratelimit-remaining", "x-ratelimit-reset", "1795176030", 30.0)]
    [InlineData("X-RateLimit-Remaining", "X-RateLimit-Reset", "1795176030500", 30.5)]
    [InlineData("anthropic-ratelimit-requests-remaining", "anthropic-ratelimit-requests-reset", "2026-11-20T12:00:05Z", 5.0)]
    [InlineData("anthropic-ratelimit-output-tokens-remaining", "anthropic-ratelimit-output-tokens-reset", "2026-11-20T13:00:05.5+01:00", 5.5)]
    [InlineData("ratelimit-remaining", "ratelimit-reset", "later", null)]
    public void Limit_that_is_used_up_says_when_it_begins_anew(string remaining, string reset, string value, double? seconds)
    {
        Assert.Equal(seconds, Read(429, [(remaining, "0"), (reset, value)]));
        Assert.Null(Read(429, [(remaining, "1"), (reset, value)]));
        Assert.Null(Read(503, [(remaining, "0"), (reset, value)]));
    }

    [Fact]
    public void Longest_of_the_limits_that_are_used_up_counts() => Assert.Equal(20, Read(429, [
        ("x-ratelimit-remaining-requests", "0"), ("x-ratelimit-reset-requests", "20s"),
        ("x-ratelimit-remaining-tokens", "0"), ("x-ratelimit-reset-tokens", "3s")]));

    [Fact]
    public void Header_that_says_it_goes_before_all_else() => Assert.Equal(2, Read(
        429, [("Retry-After", "2"), ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "50")], """{"message":"Try again in 9s."}"""));

    [Theory]
    [InlineData(429, """{"details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"37s"}]}""", 37.0)]
    [InlineData(503, """{"details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"1.5s"}]}""", 1.5)]
    [InlineData(503, """{"details":[{"@type":"type.googleapis.com/google.rpc.Help","retryDelay":"37s"}]}""", null)]
    [InlineData(429, """{"message":"Rate limit reached for m. Limit 3, used 3. Please try again in 20s. Visit us."}""", 20.0)]
    [InlineData(429, """{"message":"Please try again in 7m12.5s."}""", 432.5)]
    [InlineData(429, """{"message":"Please try again in 857ms"}""", 0.857)]
    [InlineData(429, """{"message":"Please try again in 5 fortnights"}""", null)]
    [InlineData(503, """{"message":"Please try again in 20s."}""", null)]
    [InlineData(429, "\"text\"", null)]
    public void Body_says_it_where_headers_do_not(int status, string error, double? seconds) => Assert.Equal(seconds, Read(status, [], error));

    private static double? Read(int status, (string Name, string Value)[] headers, string? error = null)
    {
        var known = headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase);
        var wait = RetryAfter.Read(status, known.GetValueOrDefault, error is null ? default : JsonElement.Parse(error), ManualTime.Start);
        return wait is { } found ? Math.Round(found.TotalSeconds, 3) : null;
    }
}
