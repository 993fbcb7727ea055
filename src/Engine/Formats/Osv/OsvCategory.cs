using System.Text.Json;
using Registry.Engine.Model.Advisories;

namespace Registry.Engine.Formats.Osv;

/// <summary>
/// The category in `database_specific`. The schema has no field for it: RustSec writes `informational` and `categories`,
/// GitHub marks malware by the weakness CWE-506 (embedded malicious code).
/// </summary>
internal static class OsvCategory
{
    public static AdvisoryCategory? Read(ref Utf8JsonReader reader)
    {
        AdvisoryCategory? category = null;
        if (!reader.NextObject())
        {
            return null;
        }

        while (reader.NextName())
        {
            if (reader.ValueTextEquals("informational"u8))
            {
                var word = OfWord(reader.NextText());
                category ??= word;
            }
            else if (reader.ValueTextEquals("categories"u8))
            {
                category = HasItem(ref reader, "malicious") ? AdvisoryCategory.Malware : category;
            }
            else if (reader.ValueTextEquals("cwe_ids"u8))
            {
                category = HasItem(ref reader, "CWE-506") ? AdvisoryCategory.Malware : category;
            }
            else
            {
                reader.SkipNext();
            }
        }

        return category;
    }

    private static AdvisoryCategory? OfWord(string? word) => word switch
    {
        null or "" => null,
        "unmaintained" => AdvisoryCategory.Unmaintained,
        "unsound" => AdvisoryCategory.Unsound,
        _ => AdvisoryCategory.Notice,
    };

    private static bool HasItem(ref Utf8JsonReader reader, string wanted)
    {
        if (!reader.NextArray())
        {
            return false;
        }

        var has = false;
        while (reader.NextItem())
        {
            has |= reader.Text() == wanted;
        }

        return has;
    }
}
