using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace ToolService.Api.Tests.Chat;

/// <summary>Valid histories in the form of chat completions, as JSON.</summary>
internal static class Transcripts
{
    private static readonly string[] Texts = ["Hello.", " x ", "a\n\nb", "\0", "\"é🐲\"", "</script>"];
    private static readonly string[] Names = ["echo", "a-b_C9", new('x', 64)];
    private static readonly string[] Arguments = ["{}", """{"text":"é"}""", """{"n":1.50,"e":1e400,"l":[null,{}]}""", "{\"a\":", "[1]"];

    public static Gen<string> Any() =>
        from system in Gen.Elements(null, "", "Be brief.")
        from messages in Gen.OneOf(User(), Answer(), Round()).ListOf()
        let prompt = system is null ? [] : (object[])[new { role = "system", content = system }]
        select JsonSerializer.Serialize(prompt.Concat(messages.SelectMany(message => message)));

    private static Gen<object[]> User() => from text in Gen.Elements(Texts) select (object[])[new { role = "user", content = text }];

    private static Gen<object[]> Answer() => from text in Gen.Elements(Texts) select (object[])[new { role = "assistant", content = text }];

    private static Gen<object[]> Round() =>
        from text in Gen.Elements([.. Texts, null])
        from calls in Gen.Zip(Gen.Elements(Names), Gen.Elements(Arguments)).NonEmptyListOf()
        from number in Gen.Choose(0, int.MaxValue)
        from results in Gen.Elements<string>([.. Texts, ""]).ListOf(calls.Count)
        select (object[])
        [
            new { role = "assistant", content = text, tool_calls = calls.Select((call, i) => CallOf($"{number}:{i}", call.Item1, call.Item2)) },
            .. results.Select((result, i) => new { role = "tool", content = result, tool_call_id = $"{number}:{i}" }),
        ];

    private static object CallOf(string id, string name, string arguments) => new { id, type = "function", function = new { name, arguments } };
}
