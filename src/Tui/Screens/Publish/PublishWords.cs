using System.Globalization;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Tui.Terminal;

namespace Registry.Tui.Screens.Publish;

/// <summary>How the parts of a review are said and shown.</summary>
internal static class PublishWords
{
    /// <summary>`app 1.0.0`, or how many there are.</summary>
    public static string Packages(PublishReview review) =>
        review.Packages is [var only] ? only.Package.ToString() : Staging.Count(review.Packages.Length, "package", "packages");

    public static string Sign(CheckState state) => state switch
    {
        CheckState.Passed => "✓",
        CheckState.Skipped => "·",
        CheckState.Look => "?",
        _ => "!",
    };

    public static Style StyleOf(CheckState state) => state switch
    {
        CheckState.Passed => new Style(Ink.Added),
        CheckState.Skipped => Style.Quiet,
        CheckState.Look => new Style(Ink.Notice),
        _ => new Style(Ink.Problem),
    };

    /// <summary>The flag behind a file: `! secret?`, `? big`, `✓ fine`.</summary>
    public static string Flag(ReviewedFile file)
    {
        if (file.Flags.IsEmpty)
        {
            return "";
        }

        var word = file.Flags[0].Kind switch
        {
            FileFlagKind.Refused => "cannot go out",
            FileFlagKind.BadName => "bad name",
            FileFlagKind.Secret or FileFlagKind.SecretName => "secret?",
            FileFlagKind.Big => "big",
            FileFlagKind.Binary => "binary",
            FileFlagKind.Generated => "generated",
            _ => "a link",
        };
        return !file.NeedsLook ? $"✓ {word}" : file.Flags[0].Kind <= FileFlagKind.SecretName ? $"! {word}" : $"? {word}";
    }

    public static Style StyleOf(ReviewedFile file) => file.Flags.IsEmpty || !file.NeedsLook ? Style.Quiet
        : new Style(file.Flags[0].Kind <= FileFlagKind.SecretName ? Ink.Problem : Ink.Notice);

    /// <summary>Why a file is in or out.</summary>
    public static string Why(ReviewedFile file) => file.Reason switch
    {
        "ordinary" => "in: nothing keeps it out",
        "always-in" => "in: every package has it",
        "included" => $"in: `include` has {file.Because}",
        "always-out" => "out: never part of a package",
        "ignored" => $"out: ignored by {file.Because}",
        "not-included" => "out: `include` does not have it",
        "excluded" => $"out: `exclude` has {file.Because}",
        _ => $"{(file.IsIn ? "in" : "out")}: {file.Reason}",
    };

    /// <summary>With one digit where that says more: `184 B`, `3.6 kB`, `171 kB`.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 10_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1000.0:0.0} kB"),
        < 10_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1000.0:N0} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000.0:N0} MB"),
    };

    /// <summary>The start of a hash in groups that can be compared by eye.</summary>
    public static string Short(ContentHash hash) => $"sha256 {hash.Hex[..4]} {hash.Hex[4..8]} {hash.Hex[8..12]} {hash.Hex[12..16]} ...";

    /// <summary>What to do about a check, with the key of this screen where there is one.</summary>
    public static string? Fix(PublishCheck check) => check.Fix is not { } fix ? null : check.Remedy switch
    {
        CheckRemedy.ChooseVersion => $"t  {fix}",
        CheckRemedy.LookAtFiles when check is { State: CheckState.Failed, MayBeAllowed: false } => check.Id == PublishChecks.Files ? "d leaves it out: no registry takes it" : fix,
        CheckRemedy.LookAtFiles => "d leaves a file out, Space says that it is fine",
        CheckRemedy.EditManifest => $"in the manifest: {fix}",
        _ => fix,
    };
}
