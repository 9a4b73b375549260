using System.Text;
using System.Text.Json;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary>Whether an object has a property of this name.</summary>
internal sealed class PresenceCheck(string name)
{
    private readonly byte[] _name = Encoding.UTF8.GetBytes(name);

    /// <summary>The name for messages.</summary>
    public string Shown => JsonDisplay.Shorten(name);

    /// <summary>Looks through the properties, and charges for it: many of these on a large object would be quadratic.</summary>
    public bool IsPresent(JsonElement instance, ref EvaluationRun run)
    {
        run.Spend(instance.GetPropertyCount());
        if (run.IsAborted)
            return false;
        foreach (var property in instance.EnumerateObject())
        {
            var raw = PropertyName.Raw(property);
            if (raw.SequenceEqual(_name) || JsonText.IsEscaped(raw) && JsonText.Decode(raw) == name)
                return true;
        }

        return false;
    }
}
