using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Resolution;
using Registry.Engine.Resolution.Sessions;

namespace Registry.Tui.Screens.Conflicts;

/// <summary>What `+` and `-` mean on a row.</summary>
internal static class WishWords
{
    /// <summary>`+` for what must stay, `-` for what must not be.</summary>
    public static char Sign(Wish wish) => wish is Wish.Keep or Wish.KeepLine or Wish.KeepAsOf ? '+' : '-';

    /// <summary>What must stay; empty where the row has nothing to keep.</summary>
    public static ImmutableArray<Wish> MustStay(RowTarget target) => target switch
    {
        RowTarget.Fact { Explained.MustStay: { } wish } => [wish],
        RowTarget.Change { Lock: { Before: { } before } change } => [new Wish.Keep(change.Name, before.Id.Version)],
        RowTarget.Change { Lock: { After: { } after } change } => [new Wish.Keep(change.Name, after.Id.Version)],
        RowTarget.Fix { Offer.Repair: var repair } => [.. repair.Edits.Select(Unchanged).OfType<Wish>()],
        _ => [],
    };

    /// <summary>What must not be; empty where it cannot be otherwise.</summary>
    public static ImmutableArray<Wish> MustNot(RowTarget target) => target switch
    {
        RowTarget.Fact { Explained.MustNot: { } wish } => [wish],
        RowTarget.Change { Lock: { After: { } after } change } => [NotThis(change, after)],
        RowTarget.Fix { Offer.Repair: var repair } => Against(repair),
        _ => [],
    };

    private static Wish NotThis(LockChange change, LockedPackage after) =>
        change.Kind == LockChangeKind.Added && change.Before is null && after.Id.Version is { IsPrerelease: false } version
            ? new Wish.Never(change.Name, VersionSet.Only(version))
            : after.Id.Version.IsPrerelease ? new Wish.NeverPrereleases(change.Name) : new Wish.Never(change.Name, VersionSet.Only(after.Id.Version));

    /// <summary>The first thing in which a repair can be refused without refusing more than that.</summary>
    private static ImmutableArray<Wish> Against(Repair repair) =>
        [.. repair.Edits.Select(edit => Against(repair, edit)).Concat(repair.AcceptedYanked.Select(id => new Wish.Never(id.Name, VersionSet.Only(id.Version), "it was yanked"))).OfType<Wish>().Take(1)];

    private static Wish? Against(Repair repair, ManifestEdit edit) => edit switch
    {
        ManifestEdit.ChangeConstraint { To.NamesPrerelease: true } e => new Wish.NeverPrereleases(e.Name),
        ManifestEdit.ChangeConstraint e when !e.To.Versions.Overlaps(e.From.Versions) => new Wish.Never(e.Name, e.To.Versions),
        ManifestEdit.AllowPrerelease e => new Wish.NeverPrereleases(e.Name),
        ManifestEdit.SetDuplicates => CopiedIn(repair) is { } name ? new Wish.NeverCopies(name) : null,
        ManifestEdit.AddOverride e => new Wish.NeverOverride(e.Name),
        ManifestEdit.RemoveOverride e => new Wish.NeverOverride(e.Name),
        ManifestEdit.RemoveAsOf => new Wish.KeepAsOf(),
        _ => Unchanged(edit),
    };

    private static Wish? Unchanged(ManifestEdit edit) => edit is { Line: { } line } ? new Wish.KeepLine(edit.File, line.Group, line.LocalName) : null;

    private static PackageName? CopiedIn(Repair repair) =>
        repair.Resolution.Packages.GroupBy(package => package.Id.Name).Where(copies => copies.Count() > 1).Select(copies => copies.Key).FirstOrDefault();
}
