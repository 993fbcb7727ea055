using System.Collections.Immutable;
using System.Globalization;
using Registry.Engine.Formats.Manifests;
using Registry.Engine.Formats.Osv;
using Registry.Engine.Formats.Toml;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Security;

/// <summary>
/// A project's `audit.toml`: accepted risks, and the licences it takes (docs/AUDIT.md). Immutable; edits keep the rest of
/// the text. Errors are <see cref="ProblemCode.TomlInvalid"/> and <see cref="ProblemCode.AuditFileInvalid"/>, with their line.
/// </summary>
public sealed class AuditDocument
{
    public const string FileName = "audit.toml";

    /// <summary>In UTF-16 units.</summary>
    public const int LengthMax = 1 << 20;

    private const string AcceptedKey = "accepted";
    private const int AcceptedMax = 10_000;
    private const int ReasonLengthMax = 2000;
    private const string DateForm = "yyyy-MM-dd";

    private readonly TomlDocument _document;
    private readonly ImmutableArray<TomlTable> _tables;

    private AuditDocument(TomlDocument document)
    {
        _document = document;
        var notes = new ManifestNotes(document, ProblemCode.AuditFileInvalid);
        var root = new TableReader(document.Root, "the file", notes);
        var entries = ImmutableArray.CreateBuilder<AcceptedRisk>();
        var tables = ImmutableArray.CreateBuilder<TomlTable>();
        foreach (var item in root.Items(AcceptedKey, AcceptedMax))
        {
            tables.Add(item as TomlTable ?? throw root.Mismatch(item, AcceptedKey, "a list of tables"));
            entries.Add(ReadRisk(new TableReader(tables[^1], "[[accepted]]", notes), notes));
        }

        (Accepted, _tables) = (new(entries.ToImmutable()), tables.ToImmutable());
        Licenses = root.Below("licenses") is { } licenses ? new LicenseTableReader(notes).Read(licenses) : null;
        root.WarnOfUnknown();
        Warnings = notes.Warnings;
    }

    public AcceptedRisks Accepted { get; }

    /// <summary>Null when the file says nothing of licences: then nothing is checked.</summary>
    public LicensePolicy? Licenses { get; }

    public ImmutableArray<Problem> Warnings { get; }

    public string Text => _document.Text;

    /// <param name="file">The name for messages.</param>
    public static AuditDocument Parse(string text, string file) => text.Length <= LengthMax
        ? new(TomlDocument.Parse(text, file))
        : throw new Problem(
            ProblemCode.AuditFileInvalid, $"the file is longer than {LengthMax >> 20} Mi characters", "take out what no longer holds", new(file, 1, 1)).Raise();

    public static AuditDocument Empty(string file) => Parse("", file);

    /// <summary>With one more accepted risk, after the others.</summary>
    public AuditDocument With(AcceptedRisk risk)
    {
        if (_document.Root[AcceptedKey] is { } other and not TomlArray { IsTables: true })
        {
            throw new Problem(
                ProblemCode.AuditFileInvalid, "`accepted` is written as one value, which cannot be added to",
                "write each accepted risk under a heading [[accepted]]", _document.PlaceOf(other)).Raise();
        }

        return new(TomlTables.Append(_document, AcceptedKey, Lines(risk)));
    }

    /// <summary>Without the entries that name this id (and package, unless null); no change when there are none.</summary>
    public AuditDocument Without(string id, PackageName? package = null)
    {
        for (var i = _tables.Length - 1; i >= 0; i--)
        {
            var entry = Accepted.Entries[i];
            if (string.Equals(entry.Id, id, StringComparison.OrdinalIgnoreCase) && (package is null || entry.Package == package))
            {
                return _tables[i].Kind == TomlTableKind.Header
                    ? new AuditDocument(TomlTables.Remove(_document, _tables[i])).Without(id, package)
                    : throw new Problem(
                        ProblemCode.AuditFileInvalid, $"the accepted risk `{entry.Id}` is inside one value, from which it cannot be taken",
                        "write each accepted risk under a heading [[accepted]]", entry.Place).Raise();
            }
        }

        return this;
    }

    private static IEnumerable<string> Lines(AcceptedRisk risk)
    {
        yield return $"id = {TomlLiteral.Of(risk.Id).Text}";
        if (risk.Package is { } package)
        {
            yield return $"package = {TomlLiteral.Of(package.Value).Text}";
        }

        yield return $"reason = {TomlLiteral.Of(risk.Reason).Text}";
        if (risk.Until is { } until)
        {
            yield return $"until = {until.ToString(DateForm, CultureInfo.InvariantCulture)}";
        }
    }

    private static AcceptedRisk ReadRisk(TableReader table, ManifestNotes notes)
    {
        var id = table.Find("id") ?? throw Missing(table, notes, "id", "name the advisory: id = \"RUSTSEC-2024-0001\"");
        var idText = table.TextOf(id.Value, "id", OsvLimits.IdLengthMax);
        if (!OsvIds.IsId(idText))
        {
            throw notes.Error(id.Value.Span, $"`{Printable.Clip(idText, 80)}` is not the id of an advisory", "write it as in the findings: id = \"RUSTSEC-2024-0001\"");
        }

        var reason = table.Text("reason", ReasonLengthMax);
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw Missing(table, notes, "reason", "say why the risk is accepted: reason = \"…\"");
        }

        var risk = new AcceptedRisk(idText, reason, ReadDay(table, notes), ReadPackage(table, notes), notes.PlaceOf(id.Value.Span));
        table.WarnOfUnknown();
        return risk;
    }

    private static DateOnly? ReadDay(TableReader table, ManifestNotes notes)
    {
        if (table.Find("until") is not { } entry)
        {
            return null;
        }

        var text = entry.Value switch
        {
            TomlDateTime { Kind: TomlDateTimeKind.LocalDate } date => date.Text,
            TomlString written => written.Value,
            _ => "",
        };
        return DateOnly.TryParseExact(text, DateForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw notes.Error(entry.Value.Span, "`until` in [[accepted]] is not a day", "write the last day it holds: until = 2027-01-31");
    }

    private static PackageName? ReadPackage(TableReader table, ManifestNotes notes)
    {
        if (table.Find("package") is not { } entry)
        {
            return null;
        }

        var text = table.TextOf(entry.Value, "package", 200);
        return PackageName.TryParse(text, out var name)
            ? name
            : throw notes.Error(entry.Value.Span, $"`{Printable.Clip(text, 80)}` is not a package name", "write the name as in cairn.toml, or leave `package` out");
    }

    private static ProblemException Missing(TableReader table, ManifestNotes notes, string key, string hint) =>
        notes.Error(table.Table.Span, $"an accepted risk has no {key}", hint);
}
