using System.Reflection.Emit;
using ToolService.Core.Schema.Evaluation;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Generation;

/// <summary>Generates code for what can be told at a glance, and for names and strings that are known beforehand.</summary>
internal sealed class ScalarVerdicts(VerdictCode code)
{
    private const int MaxTexts = 16;
    private const int MaxTextBytes = 64;

    public static bool Knows(Evaluator evaluator) =>
        evaluator is EnumEvaluator { Strings: { Count: > 0 and <= MaxTexts } texts } && Knows(texts);

    public static bool Knows(NameTable names) => names.AreWithin(MaxTextBytes);

    /// <summary>Goes on where a value certainly satisfies assertions.</summary>
    public void Glance(ValueKinds kinds, in Glance glance, VerdictExits exits)
    {
        // Bytes say less of characters than counts do of items and properties.
        var isExact = (kinds & ~(ValueKinds.Object | ValueKinds.Array)) == 0;
        if (glance.LeastSize > 0 || glance.MostSize < int.MaxValue)
            code.Unless(nameof(VerdictSteps.HasSize), isExact ? exits.No : exits.Ask, glance.LeastSize, glance.MostSize);
        if (glance.Numbers is var (least, most, integersOnly))
            code.Unless(nameof(VerdictSteps.IsInRange), exits.Ask, least, most, integersOnly);
        if (glance.NonAscii != 0)
            code.Unless(nameof(VerdictSteps.StartsInAscii), exits.Ask, glance.NonAscii);
    }

    /// <summary>Checks that a string is one of some.</summary>
    public void Text(EnumEvaluator evaluator, int depth, Label no)
    {
        var (found, none, done) = (code.Label(), code.Label(), code.Label());
        var texts = evaluator.Strings;
        for (var i = 0; i < texts.Count; i++)
        {
            var otherwise = i == texts.Count - 1 ? none : code.Label();
            Is(texts, i, otherwise);
            if (i == texts.Count - 1)
                break;
            code.Go(found);
            code.Mark(otherwise);
        }

        code.Mark(found);
        code.Move(nameof(VerdictSteps.Inside));
        code.Mark(done);
        code.Aside(() =>
        {
            code.Mark(none);
            code.Unless(nameof(VerdictSteps.IsEscaped), no);
            code.Ask(evaluator, depth, no, marks: null);
            code.Go(done);
        });
    }

    /// <summary>Goes on where the string or name at the cursor is this one, as it is mostly written.</summary>
    public void Is(NameTable names, int number, Label otherwise)
    {
        const int Word = sizeof(ulong);
        var text = names.Written(number);
        var shift = 8 * Math.Max(0, Word - text.Length);
        code.Unless(nameof(VerdictSteps.Starts), otherwise, names.MarkedSize(number), shift, JsonRows.PrefixOf(text) << shift);
        for (var offset = Word; offset < text.Length; offset += Word)
        {
            var start = Math.Min(offset, text.Length - Word);
            code.Unless(nameof(VerdictSteps.Continues), otherwise, start, JsonRows.PrefixOf(text[start..]));
        }
    }
}
