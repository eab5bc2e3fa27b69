using System.Text.Json.Nodes;
using Sixtyfour.Emulator.Randomness;

namespace Sixtyfour.Emulator.Enrichment;

/// <summary>Makes up the values of fields, or leaves them unfound. The same input, field and seed give the same value.</summary>
internal sealed class FieldValues(EmulatorOptions options)
{
    public JsonNode? Find(WantedField field, Subject subject)
    {
        if (field.Input is { } known)
        {
            return Casting.Cast(known, field.Type);
        }

        var random = Dice.For(options.Seed, "field", subject.Key, field.Name);
        var isFound = random.NextDouble() >= options.NotFoundShare || subject.IsSample;
        if (isFound)
        {
            return MadeUpValues.For(field, subject, random);
        }

        return field.Type is WantedType.Str or WantedType.ListInText ? "" : null;
    }
}
