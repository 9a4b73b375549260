using ToolService.Core.Conversations.Convergence;

namespace ToolService.Core.Tests.Conversations.Convergence;

public class CallKeyTests
{
    [Theory]
    [InlineData("""{"a":1,"b":[true,null]}""", """{ "b" : [ true, null ], "a" : 1.0 }""")]
    [InlineData("""{"a":"é"}""", """{"a":"\u00e9"}""")]
    [InlineData("""{"a":{"y":100,"x":2}}""", """{"a":{"x":2,"y":1e2}}""")]
    public void Same_arguments_are_the_same_however_they_are_written(string first, string second) =>
        Assert.Equal(CallKey.Of("t", first), CallKey.Of("t", second));

    [Theory]
    [InlineData("""{"a":1}""", """{"a":"1"}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""")]
    [InlineData("""{"a":null}""", "{}")]
    [InlineData("""{"a":0.12345678901234567890123456789012}""", """{"a":0.12345678901234567890123456789013}""")]
    [InlineData("not JSON", "not  JSON")]
    [InlineData("""{"a":"\ud800"}""", """{"a":"\ud801"}""")]
    public void Other_arguments_are_others(string first, string second) => Assert.NotEqual(CallKey.Of("t", first), CallKey.Of("t", second));
}
