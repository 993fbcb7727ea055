using System.Collections.Immutable;
using System.Globalization;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Engine.Resolution;
using Registry.Engine.Resolution.Sessions;
using Registry.Tui.Screens;
using Registry.Tui.Screens.Conflicts;
using Registry.Tui.Screens.Package;
using Registry.Tui.Screens.Project;
using Registry.Tui.Screens.Review;
using Registry.Tui.Terminal;

namespace Registry.Tui.Tests.Screens;

/// <summary>A project whose update of web-kit meets a conflict, talked over with the real resolver, in memory.</summary>
internal static class Quarrel
{
    private static readonly string text = "[dependencies]\nweb-kit = \"^1\"\nauth-kit = \"^1\"\nmetrics = \"^1\"\n";

    public static ImmutableArray<PackageIndex> Packages { get; } =
    [
        Index("auth-kit", ("1.0.0", "http-core ^1"), ("1.1.0", "http-core ^1"), ("1.2.0-rc.1", "http-core >=1.5")),
        Index("http-core", ("1.5.0", ""), ("2.1.0", "")),
        Index("metrics", ("1.0.0", "http-core ^1.5"), ("1.2.0", "http-core >=1.5")),
        Index("web-kit", ("1.9.4", "http-core ^1.5; metrics ^1"), ("2.0.0", "http-core ^2; metrics ^1"), ("2.0.1", "http-core ^2; metrics ^1")),
    ];

    public static Lockfile Lockfile { get; } = new("acme-shop",
    [
        Shop.Locked("acme-shop", "0.1.0", "auth-kit 1.1.0; metrics 1.0.0; web-kit 1.9.4", new PackageSource.Member(".")),
        Shop.Locked("auth-kit", "1.1.0", "http-core 1.5.0"),
        Shop.Locked("http-core", "1.5.0", ""),
        Shop.Locked("metrics", "1.0.0", "http-core 1.5.0"),
        Shop.Locked("web-kit", "1.9.4", "http-core 1.5.0; metrics 1.0.0"),
    ]);

    public static ProjectOverview Overview { get; } = new("/home/me/acme-shop", Manifest("^1"), Lockfile);

    /// <summary>What planning the update comes to.</summary>
    public static Outcome<ChangePlan> Refused { get; } = new Outcome<ChangePlan>.Failed(
        new Problem(ProblemCode.NoResolution, "web-kit ^2 and auth-kit ^1 cannot be used together", null)
        {
            Detail = new NoResolutionDetail(((ResolverStep.Unsolvable)Resolve([]).Step()).Explanation, []),
        });

    /// <summary>The project with the update of web-kit staged and refused, at the conflict.</summary>
    public static Session Open(int columns, int rows)
    {
        var session = Refuse(columns, rows).Keys("f").Talk();
        session.Effects.Clear();
        return session;
    }

    /// <summary>The project with the update of web-kit staged and refused, where it was staged.</summary>
    public static Session Refuse(int columns, int rows)
    {
        var session = new Session(new TerminalSize(columns, rows));
        session.Send(new ProjectOpened(new Outcome<ProjectOverview>.Done(Overview)));
        foreach (var index in Packages)
        {
            session.Send(new PackageRead(index.Name, new Outcome<PackageIndex>.Done(index)));
        }

        session.Keys("j").Keys("UU");
        return session.Send(new Planned(session.State.Plan.Revision, Refused));
    }

    /// <summary>Answers everything that the conflict screen asks.</summary>
    public static Session Talk(this Session session)
    {
        while (session.Take<TalkOver>() is [.., var ask])
        {
            session.Send(new TalkedOver(ask.Edits, ask.Wishes, new Outcome<ConflictReport>.Done(Report(ask.Wishes))));
        }

        return session;
    }

    /// <summary>How the talk stands under wishes, when it has come to its end.</summary>
    public static ConflictReport Report(ImmutableArray<Wish> wishes)
    {
        var session = Resolve([]).OpenSession();
        session.Wish(wishes);
        while (session.Step() is not SessionStep.Done)
        {
        }

        var state = session.State;
        var offers = state.All.Concat(state.RuledOut.Select(ruledOut => ruledOut.Offer)).Concat(state.Deadlock?.Ways.Select(way => way.Offer!) ?? []);
        return new(state, [.. offers.DistinctBy(offer => offer.Repair.Id).Select(Offer)])
        {
            Locked = Lockfile,
            Elapsed = TimeSpan.FromMilliseconds(38),
        };
    }

    private static Resolver Resolve(ImmutableArray<Wish> wishes)
    {
        var resolver = new Resolver(new([new(Manifest("^2"), "cairn.toml", ".")], ResolutionTable.Default) { Locked = Lockfile, Wishes = wishes });
        while (resolver.Step() is ResolverStep.NeedsPackages needs)
        {
            foreach (var key in needs.Keys)
            {
                resolver.Supply(new(key, new PackageSource.Feed("main"), Packages.First(index => index.Name == key.Name)));
            }
        }

        return resolver;
    }

    private static ConflictOffer Offer(OfferedRepair offer)
    {
        var after = offer.Repair.Edits.Aggregate(text.Replace("web-kit = \"^1\"", "web-kit = \"^2\"", StringComparison.Ordinal), (text, edit) => edit switch
        {
            ManifestEdit.ChangeConstraint e => text.Replace($"{e.LocalName} = \"{e.From}\"", $"{e.LocalName} = \"{e.To}\"", StringComparison.Ordinal),
            ManifestEdit.RemoveDependency e => string.Join('\n', text.Split('\n').Where(line => !line.StartsWith(e.LocalName, StringComparison.Ordinal))),
            ManifestEdit.SetDuplicates => text + "\n[resolution]\nduplicates = \"compatible\"\n",
            ManifestEdit.AddOverride e => text + $"\n[resolution.overrides]\n{e.Name} = \"{e.Constraint}\"\n",
            _ => text,
        });
        return new(offer, [TextDifference.Between("cairn.toml", text, after)], 41_000, $"cairn resolve --with 'update web-kit --latest' --take {offer.Repair.Id}");
    }

    private static Manifest Manifest(string web) => new()
    {
        Package = new PackageMetadata(PackageName.Parse("acme-shop"), SemanticVersion.Parse("0.1.0")),
        Dependencies = [Needs($"web-kit {web}"), Needs("auth-kit ^1"), Needs("metrics ^1")],
        Places = new[] { "web-kit", "auth-kit", "metrics" }.Select((name, i) => KeyValuePair.Create(new DependencyKey(DependencyGroup.Normal, name), new TextPlace("cairn.toml", i + 6, 1)))
            .ToImmutableDictionary(),
    };

    private static PackageIndex Index(string name, params ReadOnlySpan<(string Version, string Needs)> versions)
    {
        var releases = ImmutableArray.CreateBuilder<Release>();
        foreach (var (version, needs) in versions)
        {
            releases.Add(new Release(
                new PackageId(PackageName.Parse(name), SemanticVersion.Parse(version)),
                DateTimeOffset.Parse("2026-02-03T00:00:00Z", CultureInfo.InvariantCulture), ReleaseStatus.Ok,
                new ReleaseDetails { Dependencies = [.. needs.Split("; ", StringSplitOptions.RemoveEmptyEntries).Select(Needs)], License = "MIT" }));
        }

        return new PackageIndex(PackageName.Parse(name), releases.ToImmutable());
    }

    private static Dependency Needs(string text) =>
        new(PackageName.Parse(text.Split(' ')[0]), Constraint.Parse(text.Split(' ', 2)[1]), DependencyGroup.Normal, DependencyOrigin.Feed.Routed);
}
