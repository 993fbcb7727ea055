using System.Collections.Immutable;
using Registry.Engine.Formats.Manifests;
using Registry.Engine.Formats.Spdx;
using Registry.Engine.Formats.Toml;
using Registry.Engine.Model;

namespace Registry.Engine.Security;

/// <summary>Reads `[licenses]`: `allow = ["MIT", …]`, and `[licenses.exceptions]` with `package = ["…"]`.</summary>
internal sealed class LicenseTableReader(ManifestNotes notes)
{
    private const int TermLengthMax = 200;

    public LicensePolicy Read(TableReader table)
    {
        var allowed = table.Find("allow") is { } allow
            ? ReadTerms(table, allow)
            : throw notes.Error(table.Table.Span, "[licenses] does not say which licences are allowed", "list them: allow = [\"MIT\", \"Apache-2.0\"]");
        var exceptions = ImmutableSortedDictionary.CreateBuilder<PackageName, ImmutableArray<LicenseTerm>>();
        if (table.Find("exceptions") is { } entry)
        {
            var below = table.Below(entry, "[licenses.exceptions]");
            foreach (var item in below.Table.Entries)
            {
                exceptions[ReadName(item)] = ReadTerms(below, item);
            }
        }

        table.WarnOfUnknown();
        return new(allowed, exceptions.ToImmutable());
    }

    private PackageName ReadName(TomlEntry item) => PackageName.TryParse(item.Key, out var name)
        ? name
        : throw notes.Error(item.KeySpan, $"`{Printable.Clip(item.Key, 80)}` is not a package name", "write the name as in cairn.toml");

    private ImmutableArray<LicenseTerm> ReadTerms(TableReader table, TomlEntry entry)
    {
        var terms = ImmutableArray.CreateBuilder<LicenseTerm>();
        foreach (var item in table.Items(entry))
        {
            var text = table.TextOf(item, entry.Key, TermLengthMax);
            terms.Add(TermOf(text) ?? throw notes.Error(
                item.Span, $"`{Printable.Clip(text, 80)}` is not a licence on the SPDX list",
                "write one id for each, for example \"MIT\" or \"Apache-2.0 WITH LLVM-exception\"; own ones begin with LicenseRef-"));
        }

        return terms.ToImmutable();
    }

    private static LicenseTerm? TermOf(string text) =>
        LicenseExpression.TryParse(text, out var expression, out _) && expression.Terms.ToList() is [{ IsKnown: true } only] ? only : null;
}
