using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ToolService.Core.Tools.OpenApi.Reading;

/// <summary>Scalars by YAML 1.2's core schema. Infinity and not-a-number, which JSON lacks, stay strings.</summary>
internal static partial class YamlScalars
{
    private const string TagPrefix = "tag:yaml.org,2002:";

    // Beyond, a number is a string of digits.
    private const int LongestRadixNumber = 64;

    /// <exception cref="FormatException">The scalar is not what its tag says.</exception>
    public static void Write(Scalar scalar, Utf8JsonWriter json)
    {
        if (scalar.Tag.IsEmpty && scalar.Style == ScalarStyle.Plain)
            WritePlain(scalar.Value, json);
        else if (scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific || scalar.Tag.Value == TagPrefix + "str")
            json.WriteStringValue(scalar.Value);
        else
            WriteTagged(scalar, json);
    }

    private static void WriteTagged(Scalar scalar, Utf8JsonWriter json)
    {
        var text = scalar.Value;
        var number = Number(text);
        var isMeant = scalar.Tag.Value switch
        {
            TagPrefix + "null" => IsNull(text),
            TagPrefix + "bool" => Boolean(text) is not null,
            TagPrefix + "int" => number is not null && !number.AsSpan().ContainsAny('.', 'e', 'E'),
            TagPrefix + "float" => number is not null,
            _ => false,
        };
        if (!isMeant)
            throw new FormatException();
        WritePlain(text, json);
    }

    private static void WritePlain(string text, Utf8JsonWriter json)
    {
        if (IsNull(text))
            json.WriteNullValue();
        else if (Boolean(text) is { } flag)
            json.WriteBooleanValue(flag);
        else if (Number(text) is { } number)
            json.WriteRawValue(number, skipInputValidation: true);
        else
            json.WriteStringValue(text);
    }

    private static bool IsNull(string text) => text is "" or "~" or "null" or "Null" or "NULL";

    private static bool? Boolean(string text) => text switch
    {
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => null,
    };

    /// <summary>The number as JSON writes it; null for what is none.</summary>
    private static string? Number(string text)
    {
        if (text.Length == 0 || !(char.IsAsciiDigit(text[0]) || text[0] is '+' or '-' or '.'))
            return null;
        if (Decimal().Match(text) is { Success: true } match)
            return JsonNumber(match);
        if (text.Length > LongestRadixNumber || !Radix().IsMatch(text))
            return null;
        var value = text[1] == 'x'
            ? BigInteger.Parse("0" + text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : text.Skip(2).Aggregate(BigInteger.Zero, (sum, digit) => (sum * 8) + (digit - '0'));
        return value.ToString(CultureInfo.InvariantCulture);
    }

    private static string JsonNumber(Match match)
    {
        var sign = match.Groups["sign"].ValueSpan is "-" ? "-" : "";
        var whole = match.Groups["whole"].Value.TrimStart('0');
        var fraction = match.Groups["fraction"].Value;
        return $"{sign}{(whole.Length == 0 ? "0" : whole)}{(fraction.Length == 0 ? "" : "." + fraction)}{match.Groups["exponent"].Value}";
    }

    [GeneratedRegex(
        @"^(?<sign>[-+]?)(?:(?<whole>[0-9]+)(?:\.(?<fraction>[0-9]*))?|\.(?<fraction>[0-9]+))(?<exponent>(?:[eE][-+]?[0-9]+)?)\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Decimal();

    [GeneratedRegex(@"^(?:0o[0-7]+|0x[0-9a-fA-F]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Radix();
}
