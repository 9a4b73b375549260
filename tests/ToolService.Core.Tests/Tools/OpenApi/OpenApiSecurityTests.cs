using ToolService.Core.Tools.Http.Operations;
using ToolService.Core.Tools.OpenApi;

namespace ToolService.Core.Tests.Tools.OpenApi;

public class OpenApiSecurityTests
{
    private const string Schemes = """
        "components":{"securitySchemes":{
          "header_key":{"type":"apiKey","in":"header","name":"X-Key"},"query-key":{"type":"apiKey","in":"query","name":"key"},
          "cookie":{"type":"apiKey","in":"cookie","name":"sid"},"basic":{"type":"http","scheme":"Basic"},"bearer":{"type":"http","scheme":"bearer"},
          "oauth":{"type":"oauth2","flows":{}},"oidc":{"type":"openIdConnect","openIdConnectUrl":"https://x"},
          "digest":{"type":"http","scheme":"digest"},"mtls":{"type":"mutualTLS"}}}
        """;

    [Theory]
    [InlineData("header_key", HttpPlace.Header, "X-Key", "${secret:PETS_HEADER_KEY}")]
    [InlineData("query-key", HttpPlace.Query, "key", "${secret:PETS_QUERY_KEY}")]
    [InlineData("cookie", HttpPlace.Cookie, "sid", "${secret:PETS_COOKIE}")]
    [InlineData("basic", HttpPlace.Header, "Authorization", "Basic ${secret:PETS_BASIC}")]
    [InlineData("bearer", HttpPlace.Header, "Authorization", "Bearer ${secret:PETS_BEARER}")]
    [InlineData("oauth", HttpPlace.Header, "Authorization", "Bearer ${secret:PETS_OAUTH}")]
    [InlineData("oidc", HttpPlace.Header, "Authorization", "Bearer ${secret:PETS_OIDC}")]
    public void Scheme_is_a_secret_that_requests_carry(string scheme, HttpPlace place, string name, string value)
    {
        var plan = ApiText.Plan(Operation($$"""[{"{{scheme}}":[]}]"""), new OpenApiImportOptions { Prefix = "pets" });

        Assert.Equal(new HttpConstant(place, name, value), Assert.Single(Assert.Single(plan.Operations).Http.Constants));
        Assert.Equal([scheme], plan.SecuritySchemes.Where(found => found.IsUsed).Select(found => found.Name));
        Assert.Contains($"${{secret:{Assert.Single(plan.Secrets)}}}", value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "")]
    [InlineData("""[{"bearer":[]},{}]""", "")]
    [InlineData("""[{"mtls":[]},{"digest":[]},{"basic":[]}]""", "BASIC")]
    [InlineData("""[{"bearer":[]},{"basic":[]}]""", "BEARER")]
    [InlineData("""[{"bearer":[]},{"header_key":[],"query-key":[]}]""", "BEARER")]
    [InlineData("""[{"header_key":[],"query-key":["scope"]}]""", "HEADER_KEY QUERY_KEY")]
    [InlineData("""[{"header_key":[],"mtls":[]},{"cookie":[]}]""", "COOKIE")]
    public void First_alternative_that_can_be_used_is_taken(string security, string secrets) =>
        Assert.Equal(secrets, string.Join(' ', ApiText.Plan(Operation(security)).Secrets));

    [Theory]
    [InlineData("""[{"bearer":[]},{"basic":[]}]""")]
    [InlineData("""[{},{"basic":[]}]""")]
    public void Alternative_whose_secret_is_named_comes_first(string security)
    {
        var plan = ApiText.Plan(Operation(security), new OpenApiImportOptions { Secrets = new Dictionary<string, string> { ["basic"] = "my.login" } });

        Assert.Equal(["my.login"], plan.Secrets);
    }

    [Fact]
    public void Security_of_the_document_holds_where_an_operation_says_nothing()
    {
        var paths = """{"/a":{"get":{},"put":{"security":[]},"post":{"security":[{"basic":[]}]}}}""";

        var plan = ApiText.Plan(ApiText.Of(paths, """ "security":[{"bearer":[]}],""" + Schemes));

        Assert.Equal(
            ["GET Bearer ${secret:BEARER}", "PUT ", "POST Basic ${secret:BASIC}"],
            plan.Operations.Select(tool => $"{tool.Method} {tool.Http.Constants.SingleOrDefault()?.Value}"));
    }

    [Theory]
    [InlineData("""[{"mtls":[]}]""", "'mtls' is of the type 'mutualTLS', which is not supported.")]
    [InlineData("""[{"digest":[]}]""", "'digest' is of the HTTP scheme 'digest', which is not supported.")]
    [InlineData("""[{"none":[]}]""", "The document has no security scheme 'none'.")]
    public void Operation_whose_security_cannot_be_used_is_skipped(string security, string reason) =>
        Assert.Contains(reason, ApiText.Reason(Operation(security)), StringComparison.Ordinal);

    [Fact]
    public void Schemes_of_swagger_are_read()
    {
        var plan = ApiText.Plan("""
            {"swagger":"2.0","host":"api.example.com","securityDefinitions":{"b":{"type":"basic"},"k":{"type":"apiKey","in":"header","name":"X"}},
             "security":[{"b":[],"k":[]}],"paths":{"/a":{"get":{}}}}
            """);

        Assert.Equal(["Basic ${secret:B}", "${secret:K}"], Assert.Single(plan.Operations).Http.Constants.Select(constant => constant.Value));
    }

    [Theory]
    [InlineData("other", "X", "names the security scheme 'other', which the document does not have")]
    [InlineData("basic", "a}b", "The secret's name 'a}b' must be")]
    [InlineData("basic", "", "The secret's name '' must be")]
    public void Secrets_that_do_not_fit_are_refused(string scheme, string secret, string message) => Assert.Contains(
        message,
        ApiText.Fault(Operation("[]"), new OpenApiImportOptions { Secrets = new Dictionary<string, string> { [scheme] = secret } }),
        StringComparison.Ordinal);

    private static string Operation(string security) => ApiText.WithOperation($$"""{"security":{{security}} }""", more: Schemes);
}
