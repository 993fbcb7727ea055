using System.Collections.Immutable;
using System.Globalization;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Operations.Searching;
using Registry.Engine.Problems;
using Registry.Engine.Resolution;
using Registry.Tui.Screens;
using Registry.Tui.Screens.Conflicts;
using Registry.Tui.Screens.Help;
using Registry.Tui.Screens.Jobs;
using Registry.Tui.Screens.Package;
using Registry.Tui.Screens.Project;
using Registry.Tui.Screens.Review;
using Registry.Tui.Screens.Search;
using Registry.Tui.Screens.Tree;
using Registry.Tui.Terminal;

namespace Registry.Tui.Tests.Screens;

/// <summary>A small project as the screens see it: a shop with a web toolkit that has a newer major.</summary>
internal static class Shop
{
    public static ImmutableArray<PackageIndex> Packages { get; } =
    [
        Index("auth-kit", "Sign-in for web programs", ("1.0.0", "http-core >=1, <2"), ("1.1.0", "http-core >=1, <2")),
        Index("dash-kit", "Charts on a page", ("1.0.0", "metrics <2; tpl-kit <3")),
        Index("http-core", "Requests and answers", ("1.5.0", ""), ("2.0.0", ""), ("2.1.0", "")),
        Index("log-kit", "Logging", ("4.2.0", ""), ("4.2.1", "")),
        Index("metrics", "Counters and timers", ("1.0.0", "http-core =1.5")),
        Index("test-kit", "Tests", ("5.0.2", "")),
        Index("tpl-kit", "Templates", ("2.4.0", ""), ("3.0.0", "")),
        Index("web-kit", "HTTP server toolkit", ("1.9.4", "http-core ^1.4; tpl-kit >=2"), ("2.0.0", "http-core >=2"), ("2.0.1", "http-core >=2; tpl-kit >=2")),
    ];

    public static Manifest Manifest { get; } = new()
    {
        Package = new PackageMetadata(PackageName.Parse("acme-shop"), SemanticVersion.Parse("0.1.0")),
        Dependencies =
        [
            .. Needs("web-kit ^1; auth-kit ^1; dash-kit ^1; log-kit =4.2.0"),
            new Dependency(PackageName.Parse("test-kit"), Constraint.Parse("^5"), DependencyGroup.Dev, DependencyOrigin.Feed.Routed),
        ],
    };

    public static Lockfile Lockfile { get; } = new("acme-shop",
    [
        Locked("acme-shop", "0.1.0", "auth-kit 1.0.0; dash-kit 1.0.0; log-kit 4.2.0; test-kit 5.0.2; web-kit 1.9.4", new PackageSource.Member(".")),
        Locked("auth-kit", "1.0.0", "http-core 1.5.0"),
        Locked("dash-kit", "1.0.0", "metrics 1.0.0; tpl-kit 2.4.0"),
        Locked("http-core", "1.5.0", ""),
        Locked("log-kit", "4.2.0", ""),
        Locked("metrics", "1.0.0", "http-core 1.5.0"),
        Locked("test-kit", "5.0.2", ""),
        Locked("tpl-kit", "2.4.0", ""),
        Locked("web-kit", "1.9.4", "http-core 1.5.0; tpl-kit 2.4.0"),
    ]);

    public static ProjectOverview Overview { get; } = new("/home/me/acme-shop", Manifest, Lockfile);

    public static NameIndex Names { get; } = new(Packages.Select(index => new FoundPackage(
        index.Name, index.Latest?.Id.Version, index.Latest?.Description ?? "", ["kit"], "main")));

    /// <summary>Nothing fits web-kit 2 beside auth-kit 1; two repairs do.</summary>
    public static Problem Conflict { get; } = new(ProblemCode.NoResolution, "web-kit 2 and auth-kit 1 cannot be used together", "see the repairs")
    {
        Detail = new NoResolutionDetail(
            new Explanation(
                StoryKind.NoOverlap, "web-kit 2 and auth-kit 1 cannot be used together: they need different versions of http-core.",
                [
                    new ExplainedFact(1, "you asked for web-kit ^2", null, new TextPlace("cairn.toml", 6, 1), null),
                    new ExplainedFact(2, "every web-kit 2 needs http-core 2 or newer", "2.0.0 and 2.0.1", null, PackageName.Parse("web-kit")),
                    new ExplainedFact(3, "your manifest wants auth-kit ^1", null, new TextPlace("cairn.toml", 7, 1), null),
                    new ExplainedFact(4, "every auth-kit 1 needs http-core below 2", "1.0.0 and 1.1.0", null, PackageName.Parse("auth-kit")),
                ],
                "So no http-core fits both (2 and 4).", [])
            {
                Packages = [PackageName.Parse("http-core"), PackageName.Parse("web-kit"), PackageName.Parse("auth-kit")],
            },
            [
                Repair("allow-two", RepairRisk.SecondCopy, "Keep two copies of http-core", "1.5.0 for auth-kit, 2.1.0 for web-kit",
                    new ManifestEdit.SetDuplicates("cairn.toml", DuplicatesPolicy.Compatible)),
                Repair("stay", RepairRisk.GiveUp, "Stay on web-kit 1.9.4", "gives up what you asked for",
                    new ManifestEdit.ChangeConstraint("cairn.toml", DependencyGroup.Normal, "web-kit", PackageName.Parse("web-kit"), Constraint.Parse("^2"), Constraint.Parse("^1"))),
            ]),
    };

    /// <summary>A plan that adds http-core 2.1.0 as the manifest's last line.</summary>
    public static ChangePlan Plan { get; } = new()
    {
        Folder = Overview.Folder,
        Command = "cairn add 'http-core@^2.1.0'",
        Manifests = [TextDifference.Between("cairn.toml", "[dependencies]\nlog-kit = \"=4.2.0\"\n", "[dependencies]\nlog-kit = \"=4.2.0\"\nhttp-core = \"^2.1.0\"\n")],
        Lock = LockDifference.Between(Lockfile, WithHttpCore2()),
        ChangesLockfile = true,
        ChangesInstallation = true,
        ToFetch = [new PackageFetch(new PackageId(PackageName.Parse("http-core"), SemanticVersion.Parse("2.1.0")), new PackageSource.Feed("main"), 412_000)],
        ToInstall = [new PackageId(PackageName.Parse("http-core"), SemanticVersion.Parse("2.1.0"))],
        PackagesInstalled = 9,
        Solving = TimeSpan.FromMilliseconds(24),
        Lockfile = WithHttpCore2(),
    };

    /// <summary>A running program with the project open and all its packages and names read.</summary>
    public static Session Open(int columns, int rows)
    {
        var session = new Session(new TerminalSize(columns, rows));
        session.Send(new ProjectOpened(new Outcome<ProjectOverview>.Done(Overview)));
        session.Send(new NamesRead(new Outcome<NameIndex>.Done(Names)));
        foreach (var index in Packages)
        {
            session.Send(new PackageRead(index.Name, new Outcome<PackageIndex>.Done(index)));
        }

        return session;
    }

    public static LockedPackage Locked(string name, string version, string edges, PackageSource? source = null) => new(
        new PackageId(PackageName.Parse(name), SemanticVersion.Parse(version)), source ?? new PackageSource.Feed("main"), null, null, [],
        [.. Split(edges).Select(edge => new LockedDependency(edge.Name, new PackageId(PackageName.Parse(edge.Name), SemanticVersion.Parse(edge.What)), DependencyGroup.Normal))]);

    private static Lockfile WithHttpCore2() => Lockfile with { Packages = Lockfile.Packages.Add(Locked("http-core", "2.1.0", "")) };

    private static Repair Repair(string id, RepairRisk risk, string title, string reason, ManifestEdit edit) =>
        new(id, risk, title, reason, [edit], [], null!, LockDifference.Between(Lockfile, WithHttpCore2()));

    private static PackageIndex Index(string name, string description, params ReadOnlySpan<(string Version, string Needs)> versions)
    {
        var releases = ImmutableArray.CreateBuilder<Release>();
        foreach (var (version, needs) in versions)
        {
            releases.Add(new Release(
                new PackageId(PackageName.Parse(name), SemanticVersion.Parse(version)),
                DateTimeOffset.Parse("2026-02-03T00:00:00Z", CultureInfo.InvariantCulture).AddDays(releases.Count * 30), ReleaseStatus.Ok,
                new ReleaseDetails { Dependencies = Needs(needs), License = "MIT", Description = description }));
        }

        return new PackageIndex(PackageName.Parse(name), releases.ToImmutable());
    }

    private static ImmutableArray<Dependency> Needs(string text) =>
        [.. Split(text).Select(need => new Dependency(PackageName.Parse(need.Name), Constraint.Parse(need.What), DependencyGroup.Normal, DependencyOrigin.Feed.Routed))];

    private static IEnumerable<(string Name, string What)> Split(string text) =>
        text.Split("; ", StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split(' ', 2)).Select(pair => (pair[0], pair[1]));
}
