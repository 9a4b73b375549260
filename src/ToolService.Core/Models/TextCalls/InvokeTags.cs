namespace ToolService.Core.Models.TextCalls;

/// <summary>The tags of a notation in which a call is an element with its name as an attribute, and each argument is one in it.</summary>
/// <param name="Invoke">How a call begins, up to its name: <c>&lt;invoke name="</c>.</param>
/// <param name="InvokeEnd">How it ends.</param>
/// <param name="Parameter">How an argument begins, up to its name.</param>
/// <param name="ParameterEnd">How it ends.</param>
internal sealed record InvokeTags(string Invoke, string InvokeEnd, string Parameter, string ParameterEnd)
{
    private const string IsJson = "string=\"false\"";

    /// <summary>The tags with a prefix before their names, as in <c>&lt;steptml:invoke name="</c>.</summary>
    public static InvokeTags Prefixed(string prefix) => new(
        $"<{prefix}invoke name=\"", $"</{prefix}invoke>", $"<{prefix}parameter name=\"", $"</{prefix}parameter>");

    /// <summary>Takes a call from behind <see cref="Invoke"/>.</summary>
    public bool TakeCall(ref TextCursor cursor, TextBlock block)
    {
        if (!TakeTag(ref cursor, out var name, out _) || !ToolNames.IsOne(name))
            return false;

        block.Begin(name, cursor.Position);
        var arguments = new UntypedArguments(block.Tools, name);
        var (only, count) = ((Key: "", Value: ""), 0);
        for (cursor.SkipSpace(); !cursor.Take(InvokeEnd); cursor.SkipSpace(), count++)
        {
            if (!cursor.Take(Parameter)
                || !TakeTag(ref cursor, out var key, out var attributes)
                || !cursor.TakeThrough(ParameterEnd, out var value))
                return false;

            only = (key, value);
            if (attributes.Contains(IsJson, StringComparison.Ordinal))
                arguments.AddJson(key, value);
            else
                arguments.Add(key, value);
        }

        block.Add(name, count == 1 && IsAll(block.Tools, name, only.Key, only.Value) ? only.Value : arguments.ToJson());
        return true;
    }

    public string Write(TextPiece.Call call) => string.Concat(
        $"{Invoke}{call.Name}\">\n",
        string.Concat(CallWriting.Members(call)
            .Select(member => $"{Parameter}{member.Name}\">{CallWriting.Plain(member.Value)}{ParameterEnd}\n")),
        InvokeEnd);

    private static bool TakeTag(ref TextCursor cursor, out string name, out string attributes)
    {
        name = cursor.TakeWhile(c => c is not ('"' or '<' or '>' or '\n')).ToString();
        attributes = "";
        if (!cursor.Take('"'))
            return false;

        attributes = cursor.TakeWhile(c => c is not ('<' or '>')).ToString();
        return cursor.Take('>');
    }

    // Some models name the whole of the arguments, as if that were one of them.
    private static bool IsAll(TextTools tools, string tool, string key, string value) =>
        key is "arguments" or "input" && tools.Parameter(tool, key) is null && JsonText.IsObject(value);
}
