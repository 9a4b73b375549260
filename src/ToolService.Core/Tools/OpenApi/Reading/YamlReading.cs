using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using ToolService.Core.Schema.Values;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ToolService.Core.Tools.OpenApi.Reading;

/// <summary>
/// Writes a YAML document as JSON while it is parsed. What an alias stands for is copied from what was written, so that aliases cost what
/// they add, and are counted.
/// </summary>
internal sealed class YamlReading : IDisposable
{
    private static readonly JsonWriterOptions Compact =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = OpenApiLimits.MaxDepth + 1, SkipValidation = true };

    private readonly Parser _parser;
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;
    private readonly Dictionary<string, YamlAnchor?> _anchors = new(StringComparer.Ordinal);
    private readonly CancellationToken _cancellationToken;
    private int _values;
    private long _aliasBytes;

    public YamlReading(string text, CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        _parser = new Parser(new StringReader(text));
        _json = new Utf8JsonWriter(_buffer, Compact);
    }

    /// <exception cref="OpenApiException">It is no YAML that has a meaning in JSON, or is beyond the bounds.</exception>
    public ReadOnlyMemory<byte> ToJson()
    {
        Next<StreamStart>();
        if (!Move() || _parser.Current is not DocumentStart)
            throw new OpenApiException("The document is empty.");
        Move();
        WriteNode(depth: 0);
        Next<DocumentEnd>();
        if (Move() && _parser.Current is DocumentStart second)
            throw At(second, "There is a second YAML document; an import takes one.");

        _json.Flush();
        return _buffer.WrittenMemory;
    }

    public void Dispose() => _json.Dispose();

    private long Position => _json.BytesCommitted + _json.BytesPending;

    private bool Move()
    {
        try
        {
            return _parser.MoveNext();
        }
        catch (YamlException e)
        {
            throw new OpenApiException($"The document is no valid YAML: {JsonDisplay.Shorten(e.Message)}", $"line {e.Start.Line}");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // On some malformed texts the parser fails otherwise than it says.
            throw new OpenApiException("The document is no valid YAML.", $"line {_parser.Current?.End.Line ?? 1} or after");
        }
    }

    private void Next<T>()
    {
        if (!Move() || _parser.Current is not T)
            throw new OpenApiException("The document is no valid YAML: it ends too early.");
    }

    /// <summary>Writes the node that the parser is at; returns how many levels it has.</summary>
    private int WriteNode(int depth)
    {
        var current = _parser.Current!;
        if (depth > OpenApiLimits.MaxDepth)
            throw At(current, $"The document nests deeper than {OpenApiLimits.MaxDepth} levels.");
        Count(current, 1);
        if (current is AnchorAlias alias)
            return Copy(Find(alias), alias, depth);

        var node = (NodeEvent)current;
        var anchor = node.Anchor.IsEmpty ? null : node.Anchor.Value;
        if (anchor is not null)
            _anchors[anchor] = null;
        var (start, valuesBefore) = (Position, _values);
        var height = node switch
        {
            SequenceStart sequence => WriteSequence(sequence, depth),
            MappingStart mapping => WriteMapping(mapping, depth),
            _ => WriteScalar((Scalar)node),
        };
        if (anchor is not null)
            _anchors[anchor] = new YamlAnchor((int)start, (int)(Position - start), height, _values - valuesBefore + 1);
        return height;
    }

    private int WriteScalar(Scalar scalar)
    {
        try
        {
            YamlScalars.Write(scalar, _json);
            return 1;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw At(scalar, $"{JsonDisplay.Shorten(scalar.Value)} is not what its tag says, or no text.");
        }
    }

    private int WriteSequence(SequenceStart sequence, int depth)
    {
        CheckTag(sequence, "tag:yaml.org,2002:seq");
        var height = 0;
        _json.WriteStartArray();
        while (Move() && _parser.Current is not SequenceEnd)
            height = Math.Max(height, WriteNode(depth + 1));
        _json.WriteEndArray();
        return height + 1;
    }

    private int WriteMapping(MappingStart mapping, int depth)
    {
        CheckTag(mapping, "tag:yaml.org,2002:map");
        var height = 0;
        var names = new HashSet<string>(StringComparer.Ordinal);
        List<YamlAnchor> merged = [];
        _json.WriteStartObject();
        while (Move() && _parser.Current is not MappingEnd)
        {
            if (_parser.Current is not Scalar key)
                throw At(_parser.Current!, "A name must be a plain or quoted string here, no list, mapping or alias.");
            Move();
            if (IsMerge(key))
            {
                ReadMerged(merged);
                continue;
            }

            WriteName(key, names);
            height = Math.Max(height, WriteNode(depth + 1));
        }

        foreach (var source in merged)
            height = Math.Max(height, WriteMerged(source, names, mapping, depth));
        _json.WriteEndObject();
        return height + 1;
    }

    private void WriteName(Scalar key, HashSet<string> names)
    {
        Count(key, 1);
        if (!names.Add(key.Value))
            throw At(key, $"'{JsonDisplay.Shorten(key.Value)}' stands twice in the same mapping.");
        try
        {
            _json.WritePropertyName(key.Value);
        }
        catch (ArgumentException)
        {
            throw At(key, "A name has half a surrogate pair in it, which is no character.");
        }
    }

    // YAML 1.2 dropped merge keys, but documents have them; as a name of its own it would be lost silently.
    private static bool IsMerge(Scalar key) => key.Value == "<<" && key.Style == ScalarStyle.Plain;

    private void ReadMerged(List<YamlAnchor> merged)
    {
        if (_parser.Current is AnchorAlias one)
        {
            merged.Add(Find(one));
            return;
        }

        if (_parser.Current is not SequenceStart list)
            throw At(_parser.Current!, "What '<<' merges must be an alias or a list of aliases.");
        while (Move() && _parser.Current is not SequenceEnd)
            merged.Add(_parser.Current is AnchorAlias alias ? Find(alias) : throw At(list, "What '<<' merges must be aliases."));
    }

    private int WriteMerged(YamlAnchor source, HashSet<string> names, MappingStart at, int depth)
    {
        Spend(source, at, depth);
        _json.Flush();
        var members = JsonElement.Parse(source.In(_buffer.WrittenSpan), new JsonDocumentOptions { MaxDepth = OpenApiLimits.MaxDepth + 1 });
        if (members.ValueKind != JsonValueKind.Object)
            throw At(at, "What '<<' merges must be a mapping.");
        foreach (var member in members.EnumerateObject().Where(member => names.Add(member.Name)))
        {
            _json.WritePropertyName(member.Name);
            member.Value.WriteTo(_json);
        }

        return source.Height;
    }

    private YamlAnchor Find(AnchorAlias alias)
    {
        var name = JsonDisplay.Shorten(alias.Value.Value);
        if (!_anchors.TryGetValue(alias.Value.Value, out var anchor))
            throw At(alias, $"'*{name}' has no anchor '&{name}' before it.");
        return anchor ?? throw At(alias, $"'*{name}' stands inside what it stands for.");
    }

    private int Copy(YamlAnchor anchor, AnchorAlias alias, int depth)
    {
        Spend(anchor, alias, depth);
        _json.Flush();
        // A copy, since writing may move the buffer.
        _json.WriteRawValue(anchor.In(_buffer.WrittenSpan).ToArray(), skipInputValidation: true);
        return anchor.Height;
    }

    private void Spend(YamlAnchor anchor, ParsingEvent at, int depth)
    {
        if (depth + anchor.Height > OpenApiLimits.MaxDepth)
            throw At(at, $"With its aliases the document nests deeper than {OpenApiLimits.MaxDepth} levels.");
        Count(at, anchor.Values);
        _aliasBytes += anchor.Length;
        if (_aliasBytes > OpenApiLimits.MaxAliasBytes)
            throw At(at, $"Aliases add more than {OpenApiLimits.MaxAliasBytes} bytes to the document; use '$ref' instead.");
    }

    private void Count(ParsingEvent at, int values)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        _values += values;
        if (_values > OpenApiLimits.MaxYamlValues)
            throw At(at, $"The document has more than {OpenApiLimits.MaxYamlValues} names and values; JSON may have more.");
    }

    private static void CheckTag(NodeEvent node, string expected)
    {
        if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific && node.Tag.Value != expected)
            throw At(node, $"The tag '{JsonDisplay.Shorten(node.Tag.Value)}' has no meaning in JSON; remove it.");
    }

    private static OpenApiException At(ParsingEvent at, string message) => new(message, $"line {at.Start.Line}");
}
