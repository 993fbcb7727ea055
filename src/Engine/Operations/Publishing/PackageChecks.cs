using System.Collections.Immutable;
using System.Globalization;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Resolution;

namespace Registry.Engine.Operations;

/// <summary>The rows of a review, made of facts. A row says what is so, and when it is not right what to do.</summary>
internal static class PackageChecks
{
    public static ImmutableArray<PublishCheck> Of(PackageFacts facts, PublishCheck lockCheck) =>
    [
        Target(facts), Manifest(facts), Version(facts), Fit(facts), Dependencies(facts), lockCheck, Checkout(facts), Files(facts), .. Archive(facts),
    ];

    private static PublishCheck Target(PackageFacts facts) => facts.TargetProblem is { } problem
        ? Failed(PublishChecks.Target, "Cannot be published there", problem, CheckRemedy.None) with
        {
            Detail = problem.Code switch
            {
                ProblemCode.FeedNotFound => "no feed there",
                ProblemCode.RegistryNotFound => "it has no address",
                _ when facts.Target.Address.Contains("://", StringComparison.Ordinal) => "needs a registry server",
                _ => "it goes elsewhere",
            },
        }
        : new(PublishChecks.Target, CheckState.Passed, $"Goes to {facts.Target.Registry}", "a folder feed");

    private static PublishCheck Manifest(PackageFacts facts)
    {
        var package = facts.Selected.Package;
        if (package.IsPrivate)
        {
            return Failed(
                PublishChecks.Manifest, "The package is private",
                new(ProblemCode.ManifestInvalid, $"`{package.Name}` is private", "take `private = true` out of [package] to publish it"), CheckRemedy.EditManifest);
        }

        var lacks = new List<string>();
        Lack(package.License is null, "license");
        Lack(package.Description is null, "description");
        Lack(!HasReadme(facts), package.Readme ?? "README.md");
        return lacks.Count == 0
            ? new(PublishChecks.Manifest, CheckState.Passed, "Manifest complete", "licence, description, readme")
            : new(PublishChecks.Manifest, CheckState.Look, "Manifest could say more", $"no {string.Join(", no ", lacks)}")
            {
                Fix = lacks is [var file] && file.Contains('.', StringComparison.Ordinal)
                    ? $"write a {file}" : $"add {string.Join(" and ", lacks.Where(lack => !lack.Contains('.', StringComparison.Ordinal)).Select(lack => $"`{lack}`"))} to [package]",
                Remedy = lacks.All(lack => lack.Contains('.', StringComparison.Ordinal)) ? CheckRemedy.None : CheckRemedy.EditManifest,
            };

        void Lack(bool isMissing, string what)
        {
            if (isMissing)
            {
                lacks.Add(what);
            }
        }
    }

    private static bool HasReadme(PackageFacts facts) => facts.Files.Any(file => file.IsIn && (facts.Selected.Package.Readme is { } readme
        ? file.Path == readme.TrimStart('.', '/')
        : file.Path.StartsWith("readme", StringComparison.OrdinalIgnoreCase) && !file.Path.Contains('/', StringComparison.Ordinal)));

    private static PublishCheck Version(PackageFacts facts)
    {
        var version = facts.Id.Version;
        if (facts.IndexProblem is { } unread)
        {
            // Where nothing can go anyway, one failure is enough.
            if (facts.TargetProblem is not null)
            {
                return new(PublishChecks.Version, CheckState.Skipped, $"Whether {version} is free is not known", unread.Message);
            }

            return Failed(PublishChecks.Version, "The registry cannot be asked", unread, CheckRemedy.None);
        }

        if (facts.IsSame)
        {
            return new(PublishChecks.Version, CheckState.Passed, $"Version {version} is out already", "the very same archive");
        }

        if (facts.Taken is not null)
        {
            return Failed(
                PublishChecks.Version, $"Version {version} is taken",
                new(
                    ProblemCode.VersionExists, $"{facts.Id} is published in `{facts.Target.Registry}` already, with other content",
                    "a version never changes: raise `version` in the manifest and publish that"),
                CheckRemedy.ChooseVersion);
        }

        if (facts.Index is not { Releases.IsEmpty: false } index)
        {
            return new(PublishChecks.Version, CheckState.Passed, $"Version {version} is free", "the first release");
        }

        var last = index.Latest ?? index.Releases[^1];
        var said = $"last {last.Id.Version}{(last.Published is { } at ? $", {Ago(facts.Now - at, at)}" : "")}";
        if (version > last.Id.Version)
        {
            return new(PublishChecks.Version, CheckState.Passed, $"Version {version} is free", said);
        }

        var line = CompatibleRange.Of(version);
        var newest = index.Releases.LastOrDefault(release => CompatibleRange.Of(release.Id.Version).CompareTo(line) == 0);
        return newest is null || version > newest.Id.Version
            ? new(PublishChecks.Version, CheckState.Look, $"Version {version} is behind {last.Id.Version}", $"the newest of {line}.x")
            : Failed(
                PublishChecks.Version, $"Version {version} is behind {newest.Id.Version}",
                new(ProblemCode.ChecksFailed, $"{facts.Id} is older than {newest.Id.Version}, which is published", "raise `version` in the manifest"),
                CheckRemedy.ChooseVersion) with
            { MayBeAllowed = true, Detail = said };
    }

    private static PublishCheck Fit(PackageFacts facts)
    {
        if (facts is not { Changes: { } changes, Previous: { } previous })
        {
            return new(PublishChecks.Fit, CheckState.Skipped, "Version fits the change", facts.Index is null ? "nothing to compare with" : "nothing older to compare with");
        }

        var step = ReleaseChanges.StepOf(previous.Version, facts.Id.Version);
        var basis = changes.FilesKnown ? "by manifest and files" : "by the manifest; the old files are not here";
        if (changes.Needed == VersionStep.None && !facts.IsSame)
        {
            return new(PublishChecks.Fit, CheckState.Look, "Nothing changed", $"since {previous.Version}, {basis}");
        }

        if (step >= changes.Needed)
        {
            return new(PublishChecks.Fit, CheckState.Passed, "Version fits the change", $"{Word(changes.Needed)} needed, {basis}");
        }

        var because = changes.Changes.First(change => change.Step == changes.Needed);
        var fix = $"publish it as {changes.Proposed}";
        return changes.Needed == VersionStep.Major
            ? Failed(
                PublishChecks.Fit, $"A {Word(step)} step is too small",
                new(ProblemCode.ChecksFailed, $"{facts.Id} breaks what {previous.Version} promised: {because.Sign} {because.What}", fix), CheckRemedy.ChooseVersion) with
            {
                MayBeAllowed = true,
                Detail = $"{because.Sign} {because.What}",
            }
            : new(PublishChecks.Fit, CheckState.Look, $"A {Word(changes.Needed)} step would fit better", $"{because.Sign} {because.What}")
            {
                Fix = fix,
                Remedy = CheckRemedy.ChooseVersion,
            };
    }

    private static PublishCheck Dependencies(PackageFacts facts)
    {
        var published = facts.Manifest.Dependencies.Where(dependency => dependency.Group != DependencyGroup.Dev).ToArray();
        var refused = published.FirstOrDefault(dependency => dependency.Origin is DependencyOrigin.Git
            || (dependency.Origin is DependencyOrigin.Path or DependencyOrigin.Member && dependency.Constraint.Versions.IsAll));
        if (refused is not null)
        {
            var isGit = refused.Origin is DependencyOrigin.Git;
            return Failed(
                PublishChecks.Dependencies, $"{refused.LocalName} {(isGit ? "comes from git" : "is a folder without a version")}",
                new(
                    ProblemCode.ManifestInvalid,
                    isGit ? $"`{refused.LocalName}` comes from git, which users of a registry cannot rely on" : $"`{refused.LocalName}` is a folder without a version",
                    isGit ? $"publish `{refused.Name}` and depend on a version of it" : "write the version beside the path: { path = \"…\", version = \"^1.0\" }"),
                CheckRemedy.EditManifest);
        }

        if (!facts.Unserved.IsEmpty)
        {
            var first = facts.Unserved[0];
            return Failed(
                PublishChecks.Dependencies, $"{first.LocalName} {first.Constraint} is not published",
                new(
                    ProblemCode.ChecksFailed, $"`{facts.Id.Name}` needs {first.Name} {first.Constraint}, which `{facts.Target.Registry}` does not have",
                    $"publish `{first.Name}` first, or all members together: `cairn publish --workspace`"),
                CheckRemedy.RunCommand) with
            { MayBeAllowed = true };
        }

        var elsewhere = published.FirstOrDefault(dependency => dependency.Origin is DependencyOrigin.Feed { Registry: { } registry } && registry != facts.Target.Registry);
        return elsewhere is not null
            ? new(PublishChecks.Dependencies, CheckState.Look, $"{elsewhere.LocalName} comes from another registry", $"{((DependencyOrigin.Feed)elsewhere.Origin).Registry}; users need it too")
            : published.Length == 0
                ? new(PublishChecks.Dependencies, CheckState.Passed, "Needs no other packages", "")
                : new(PublishChecks.Dependencies, CheckState.Passed, "Dependencies can be had", $"{published.Length} from the registry");
    }

    private static PublishCheck Checkout(PackageFacts facts)
    {
        if (facts.CheckoutProblem is { } problem)
        {
            return new(PublishChecks.Checkout, CheckState.Skipped, "Checkout not looked at", problem.Message);
        }

        if (facts.Checkout is not { } checkout)
        {
            return new(PublishChecks.Checkout, CheckState.Skipped, "No git work tree", "");
        }

        var changed = facts.Files.Where(file => file.IsIn && checkout.IsChanged(file.Path)).Select(file => file.Path).ToArray();
        if (changed.Length > 0 || checkout.Head.Length == 0)
        {
            var what = checkout.Head.Length == 0 ? "nothing is committed" : changed.Length == 1 ? changed[0] : $"{changed[0]} and {changed.Length - 1} more";
            return Failed(
                PublishChecks.Checkout, "Not all of it is committed",
                new(ProblemCode.ChecksFailed, $"{facts.Id} has files that are not committed: {what}", "commit them, or leave them out of the package"),
                CheckRemedy.RunCommand) with
            { MayBeAllowed = true, Detail = what };
        }

        var commit = checkout.Head[..Math.Min(7, checkout.Head.Length)];
        return checkout.Tags switch
        {
            [] => new(PublishChecks.Checkout, CheckState.Passed, "Clean checkout", $"{commit}, not tagged yet") { Fix = $"git tag v{facts.Id.Version}" },
            [var (name, at), ..] when checkout.Tags.Any(tag => tag.Commit == checkout.Head) =>
                new(PublishChecks.Checkout, CheckState.Passed, "Clean checkout", $"tag {checkout.Tags.First(tag => tag.Commit == checkout.Head).Name} on {commit}"),
            [var (name, at), ..] => new(PublishChecks.Checkout, CheckState.Look, $"Tag {name} is elsewhere", $"on {at[..Math.Min(7, at.Length)]}, this is {commit}")
            {
                Fix = "check out that tag, or choose another version",
                Remedy = CheckRemedy.ChooseVersion,
            },
        };
    }

    private static PublishCheck Files(PackageFacts facts)
    {
        if (facts.Files.FirstOrDefault(file => file.Blocks) is { } blocked)
        {
            return Failed(
                PublishChecks.Files, $"{Printable.Clip(blocked.Path, 80)} cannot be published",
                new(ProblemCode.ArchiveUnsafe, $"`{blocked.Path}` cannot be in a package: {blocked.Flags[0].What}", "list it in `exclude` of [package], or take it away"),
                CheckRemedy.LookAtFiles) with
            { Detail = blocked.Flags[0].What };
        }

        var flagged = facts.Files.Where(file => file.NeedsLook).ToArray();
        var secrets = flagged.Where(file => file.Flags.Any(flag => flag.Kind is FileFlagKind.Secret or FileFlagKind.SecretName)).ToArray();
        if (secrets.Length > 0)
        {
            return Failed(
                PublishChecks.Files, "Files need a look", new(
                    ProblemCode.ChecksFailed, $"`{secrets[0].Path}` may hold a secret: {secrets[0].Flags[0].What}{(secrets.Length > 1 ? $"; and {secrets.Length - 1} more files" : "")}",
                    $"leave it out: `cairn edit --exclude {secrets[0].Path}`; or say that it is fine: `cairn publish --fine {secrets[0].Path}`"),
                CheckRemedy.LookAtFiles) with
            { MayBeAllowed = true, Detail = $"{flagged.Length} flagged" };
        }

        return flagged.Length > 0
            ? new(PublishChecks.Files, CheckState.Look, "Files need a look", $"{flagged.Length} flagged") { Remedy = CheckRemedy.LookAtFiles }
            : new(PublishChecks.Files, CheckState.Passed, "Files looked at", facts.Files.Count(file => file.IsIn) is var count and not 1 ? $"{count} files, nothing odd" : "1 file, nothing odd");
    }

    /// <summary>Only when something is wrong that no file is to blame for: the archive itself is shown elsewhere.</summary>
    private static ImmutableArray<PublishCheck> Archive(PackageFacts facts) =>
        facts.PackingProblem is { } problem && !facts.Files.Any(file => file.Blocks)
            ? [Failed(PublishChecks.Archive, "The archive cannot be built", problem, CheckRemedy.LookAtFiles)]
            : [];

    public static PublishCheck Failed(string id, string title, Problem problem, CheckRemedy remedy) =>
        new(id, CheckState.Failed, title, "") { Fix = problem.Hint, Remedy = remedy, Problem = problem };

    private static string Word(VersionStep step) => step.ToString().ToLowerInvariant();

    private static string Ago(TimeSpan age, DateTimeOffset at) => age.TotalDays switch
    {
        < 1 => "today",
        < 2 => "yesterday",
        < 100 => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalDays} days ago"),
        _ => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };
}
