namespace ToolService.Core.Models.TextCalls;

/// <summary>
/// Calls as a name followed by pairs of elements: <c>name&lt;arg_key&gt;city&lt;/arg_key&gt;&lt;arg_value&gt;Oslo&lt;/arg_value&gt;</c>.
/// </summary>
/// <param name="prefix">What is before the tags' names.</param>
internal sealed class ArgumentPairs(string prefix)
{
    private readonly string _key = $"<{prefix}arg_key>";
    private readonly string _keyEnd = $"</{prefix}arg_key>";
    private readonly string _value = $"<{prefix}arg_value>";
    private readonly string _valueEnd = $"</{prefix}arg_value>";

    /// <summary>Takes a call and the tag that ends it.</summary>
    public bool TakeCall(ref TextCursor cursor, TextBlock block, string end)
    {
        cursor.SkipSpace();
        var name = ToolNames.Take(ref cursor);
        if (name.Length == 0)
            return false;

        cursor.SkipSpace();
        cursor.Take("<tool_sep>");
        block.Begin(name, cursor.Position);
        var arguments = new UntypedArguments(block.Tools, name);
        for (cursor.SkipSpace(); !cursor.Take(end); cursor.SkipSpace())
        {
            if (!cursor.Take(_key) || !cursor.TakeThrough(_keyEnd, out var key))
                return false;
            cursor.SkipSpace();
            if (!cursor.Take(_value) || !cursor.TakeThrough(_valueEnd, out var value))
                return false;

            // Text stands there without quotes; models that add them mean the same.
            arguments.Add(key.Trim(), JsonText.TryUnquote(value, out var unquoted) ? unquoted : value);
        }

        block.Add(name, arguments.ToJson());
        return true;
    }

    public string Write(TextPiece.Call call, string begin, string end) => string.Concat(
        $"{begin}{call.Name}\n",
        string.Concat(CallWriting.Members(call).Select(member =>
            $"{_key}{member.Name}{_keyEnd}\n{_value}{CallWriting.Plain(member.Value)}{_valueEnd}\n")),
        end);
}
