using System.Collections.Immutable;
using Registry.Engine.Formats.Toml;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Manifests;

/// <summary>
/// Looks over the tables that other tools read: profiles, chaos profiles, security. What is odd is a warning; the
/// document keeps everything.
/// </summary>
internal sealed class ToolTablesReader(ManifestNotes notes)
{
    private static readonly string[] Rates = ["fault_injection_rate", "network_partition_probability", "message_drop_rate", "actor_crash_rate", "probability"];
    private static readonly string[] RiskLevels = ["none", "low", "medium", "high", "critical"];
    private static readonly string[] SecurityFlags = ["require_signatures", "vulnerability_scan", "dependency_audit"];

    public ImmutableSortedDictionary<string, ProfileTable> ReadProfiles(TableReader table, TableReader? chaos)
    {
        var profiles = ImmutableSortedDictionary.CreateBuilder<string, ProfileTable>(StringComparer.Ordinal);
        foreach (var entry in table.Table.Entries)
        {
            var profile = table.Below(entry, $"[profile.{entry.Key}]");
            profiles[entry.Key] = new(profile.Texts("features"), profile.Flag("default-features") ?? true, profile.Flag("without-dev") ?? false);
            if (profile.Text("chaos_profile") is { } name && chaos?.Table.Find(name) is null)
            {
                notes.Warn(
                    profile.Find("chaos_profile")!.Value.Span, $"[profile.{entry.Key}] names the chaos profile `{Printable.Clip(name, 80)}`, which is not there",
                    () => chaos is null ? null : NearestName.Of(name, chaos.Table.Entries.Select(e => e.Key)) is { } nearest ? $"did you mean `{nearest}`?" : null);
            }
        }

        return profiles.ToImmutable();
    }

    public void CheckChaos(TableReader table)
    {
        foreach (var entry in table.Table.Entries)
        {
            var profile = table.Below(entry, $"[chaos-profile.{entry.Key}]");
            CheckFaults(profile);
            foreach (var fault in profile.Items("fault_schedule").OfType<TomlTable>())
            {
                CheckFaults(new(fault, $"the fault schedule of `{entry.Key}`", notes));
            }
        }
    }

    public void CheckSecurity(TableReader table)
    {
        foreach (var key in SecurityFlags)
        {
            Expect(table, key, value => value is TomlBoolean, "true or false");
        }

        Expect(table, "max_risk_level", value => value is TomlString text && RiskLevels.Contains(text.Value), $"one of {string.Join(", ", RiskLevels)}");
        Expect(table, "allowed_licenses", IsTexts, "a list of SPDX identifiers");
        Expect(table, "denied_licenses", IsTexts, "a list of SPDX identifiers");
        table.WarnOfUnknown();
    }

    private void CheckFaults(TableReader table)
    {
        foreach (var key in Rates)
        {
            Expect(table, key, value => value is TomlFloat { Value: >= 0 and <= 1 } or TomlInteger { Value: 0 or 1 }, "a number from 0 to 1");
        }

        foreach (var key in (ReadOnlySpan<string>)["max_fault_duration", "duration"])
        {
            Expect(table, key, value => value is TomlString text && IsDuration(text.Value), "a duration such as \"100ms\", \"5s\" or \"1m\"");
        }

        Expect(table, "allowed_faults", IsTexts, "a list of faults");
        Expect(table, "chaos_seed", value => value is TomlInteger, "a whole number");
    }

    private void Expect(TableReader table, string key, Func<TomlValue, bool> holds, string expected)
    {
        if (table.Find(key) is { } entry && !holds(entry.Value))
        {
            notes.Warn(entry.Value.Span, $"`{key}` in {table.Name} should be {expected}", () => null);
        }
    }

    private static bool IsTexts(TomlValue value) => value is TomlArray array && array.Items.All(item => item is TomlString);

    private static bool IsDuration(string text)
    {
        var unit = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return unit > 0 && text[unit..] is "ms" or "s" or "m" or "h";
    }
}
