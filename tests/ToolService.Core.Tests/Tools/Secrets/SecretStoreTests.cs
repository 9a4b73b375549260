using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using ToolService.Core.Tools;
using ToolService.Core.Tools.Secrets;

namespace ToolService.Core.Tests.Tools.Secrets;

public class SecretStoreTests
{
    private const string Value = "p@ss w\"rd+/é~123";
    private static readonly Uri Api = new("https://api.example.org/v1");

    [Fact]
    public void Reference_is_filled_for_any_host_where_none_are_listed()
    {
        var store = Store(new() { ["Secrets:KEY"] = Value });

        Assert.True(store.Knows("key"));
        Assert.Equal($"Bearer {Value}", store.Fill("Bearer ${secret:KEY}", Api));
        Assert.Equal("no ${other:KEY} here", store.Fill("no ${other:KEY} here", Api));
    }

    [Theory]
    [InlineData("api.example.org", true)]
    [InlineData("API.example.org:443", true)]
    [InlineData("*.example.org", true)]
    [InlineData("example.org", false)]
    [InlineData("*.api.example.org", false)]
    [InlineData("api.example.org:8443", false)]
    [InlineData("notapi.example.org", false)]
    public void Secret_goes_to_its_hosts_only(string host, bool allowed)
    {
        var store = Store(new() { ["Secrets:KEY:Value"] = Value, ["Secrets:KEY:Hosts:0"] = host });

        if (allowed)
            Assert.Equal(Value, store.Fill("${secret:KEY}", Api));
        else
            Assert.Equal(
                "The secret 'KEY' is not for 'api.example.org'; the operator can permit it with Secrets:KEY:Hosts.",
                Assert.Throws<ToolException>(() => store.Fill("${secret:KEY}", Api)).Message);
    }

    [Theory]
    [InlineData("${secret:OTHER}", "There is no secret 'OTHER'; the operator can define it as Secrets:OTHER.")]
    [InlineData("${secret:a b}", "A reference to a secret is written ${secret:NAME}, with 1 to 64 of letters, digits and '_'.")]
    [InlineData("${secret:KEY", "A reference to a secret is written ${secret:NAME}, with 1 to 64 of letters, digits and '_'.")]
    public void Wrong_references_are_told(string template, string message) =>
        Assert.Equal(message, Store(new() { ["Secrets:KEY"] = Value }).Check(template, Api));

    [Fact]
    public void Value_is_taken_out_of_text_in_every_form()
    {
        var store = Store(new() { ["Secrets:KEY"] = Value, ["Secrets:SHORT"] = "abc" });
        string[] forms =
        [
            Value,
            Uri.EscapeDataString(Value),
            Uri.EscapeDataString(Value).Replace("%C3%A9", "%c3%a9", StringComparison.Ordinal).Replace("%2F", "%2f", StringComparison.Ordinal)
                .Replace("%2B", "%2b", StringComparison.Ordinal),
            JsonSerializer.Serialize(Value).Trim('"'),
            Convert.ToBase64String(Encoding.UTF8.GetBytes(Value)),
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"user:{Value}")),
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"u:{Value}x")),
        ];

        foreach (var form in forms)
        {
            var redacted = store.Redact($"before {form} after, {form}");
            Assert.Equal(2, redacted.Split("[secret KEY]").Length - 1);
            Assert.StartsWith("before ", redacted, StringComparison.Ordinal);
        }

        Assert.Equal("abc stays", store.Redact("abc stays"));
    }

    [Fact]
    public void Value_is_taken_out_of_json_however_it_is_escaped()
    {
        var store = Store(new() { ["Secrets:KEY"] = "abcdefgh", ["Secrets:PIN"] = "1234567890" });

        var redacted = store.Redact(JsonElement.Parse("""{"\u0061bcdefgh":["x \u0061bcdefg\u0068"],"n":1234567890,"same":1.50,"half":"\ud800"}"""));

        Assert.Equal(
            """{"[secret KEY]":["x [secret KEY]"],"n":"[secret PIN]","same":1.50,"half":"�"}""",
            redacted.GetRawText().Replace("\\uFFFD", "�", StringComparison.Ordinal));
    }

    [Fact]
    public void Value_is_read_from_a_file_without_its_last_line_break()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "from the file\r\n");
        try
        {
            Assert.Equal("from the file", Store(new() { ["Secrets:KEY:File"] = file }).Fill("${secret:KEY}", Api));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("Secrets:KEY", "a\r\nX-Other: b", "Secrets:KEY has a line break or control character in it, which cannot be sent.")]
    [InlineData("Secrets:KEY", "", "Secrets:KEY has no value: set it, Secrets:KEY:Value or Secrets:KEY:File.")]
    [InlineData("Secrets:a-b", "v", "Secrets:a-b: a secret's name is 1 to 64 of letters, digits and '_'.")]
    [InlineData("Secrets:KEY:File", "/no/such/file", "Secrets:KEY:File '/no/such/file' cannot be read.")]
    [InlineData("Secrets:KEY:Hosts:0", "https://x/", "Secrets:KEY:Hosts:0 'https://x/' is no host, such as api.example.org, *.example.org or api.example.org:8443.")]
    public void Settings_that_cannot_work_are_refused(string setting, string value, string failure)
    {
        var result = new SecretSettingsValidation().Validate(null, Read(new() { [setting] = value }));

        Assert.Contains(failure, result.Failures ?? []);
    }

    private static SecretStore Store(Dictionary<string, string?> settings) => new(Read(settings));

    private static SecretSettings Read(Dictionary<string, string?> settings)
    {
        var read = new SecretSettings();
        new SecretSettingsSetup(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).Configure(read);
        return read;
    }
}
