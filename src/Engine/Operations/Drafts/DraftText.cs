using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Resolution;

namespace Registry.Engine.Operations;

/// <summary>
/// A draft as JSON and back: every step whole. What cannot be read to the last value is no draft, so that nothing is staged
/// that was not.
/// </summary>
internal static class DraftText
{
    private const int Format = 1;

    public static byte[] Write(PlanDraft draft)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Format);
            json.WriteString("base", draft.Base);
            json.WriteStartArray("wishes");
            foreach (var wish in draft.Wishes)
            {
                json.WriteStringValue(WishText.Value(wish) is { } value ? $"{WishText.Flag(wish)} {value}" : WishText.Flag(wish));
            }

            json.WriteEndArray();
            json.WriteStartArray("steps");
            foreach (var step in draft.Steps)
            {
                json.WriteStartObject();
                json.WriteString("sign", step.Sign.ToString());
                json.WriteString("words", step.Words);
                json.WriteString("subject", step.Subject);
                json.WriteStartArray("edits");
                foreach (var edit in step.Edits)
                {
                    DraftEdits.Write(json, edit);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static PlanDraft? Read(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            return root.GetProperty("format").GetInt32() != Format || root.GetProperty("steps").GetArrayLength() > PlanDraft.StepsMax ? null : new PlanDraft(
                DraftValue.List(root, "steps", Step), DraftValue.List(root, "wishes", wish => Wished(DraftValue.Item(wish))), DraftValue.Required(root, "base"));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ProblemException)
        {
            return null;
        }
    }

    private static DraftStep Step(JsonElement step) => new(
        DraftValue.Required(step, "sign") is [var sign] && "+-~=".Contains(sign, StringComparison.Ordinal) ? sign : throw new FormatException("no sign"),
        Printable.Clip(DraftValue.Required(step, "words"), 400),
        DraftValue.Text(step, "subject"),
        DraftValue.List(step, "edits", DraftEdits.Read));

    private static Wish Wished(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        var (flag, value) = space < 0 ? (text, "") : (text[..space], text[(space + 1)..]);
        return flag switch
        {
            WishText.Keep => WishText.ParseKeep(value, null),
            WishText.KeepLine => WishText.ParseKeepLine(value),
            WishText.KeepAsOf => new Wish.KeepAsOf(),
            WishText.Never => WishText.ParseNever(value),
            _ => throw new FormatException($"there is no wish {flag}"),
        };
    }
}
