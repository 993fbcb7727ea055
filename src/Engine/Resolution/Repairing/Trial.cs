using Registry.Engine.Model;
using Registry.Engine.Resolution.Lowering;
using Registry.Engine.Resolution.Solving;

namespace Registry.Engine.Resolution.Repairing;

/// <summary>
/// One set of levers as edits of facts that are there already. Facts that are stated while the solver is at work are
/// edited before it sees them.
/// </summary>
/// <param name="authorised">Names whose pre-releases turned out to be needed.</param>
internal sealed class Trial(FactBook book, IReadOnlyList<Lever> levers, IReadOnlySet<PackageName> authorised)
{
    private readonly Dictionary<PackageName, int> _read = [];
    private int _unavailableRead;

    public Edits Edits { get; } = new();

    /// <summary>Edits what was stated since the last call.</summary>
    /// <returns>Keys whose metadata is lacking; with any, this has to be called again once they are supplied.</returns>
    public List<PackageKey> Extend()
    {
        var lacking = new List<PackageKey>();
        foreach (var name in levers.Select(lever => lever.Name).OfType<PackageName>().Union(authorised))
        {
            ExtendTo(name, lacking);
        }

        if (levers.Any(lever => lever.Edit is ManifestEdit.RemoveAsOf || lever.Yanked is not null))
        {
            ExtendToUnavailable();
        }

        return lacking;
    }

    /// <summary>What the levers make of a line.</summary>
    public LineChange ChangeOf(Line line) =>
        levers.Where(lever => lever.Touches(line)).Aggregate(
            new LineChange(Prereleases: authorised.Contains(line.Name) ? PrereleaseUse.Also : PrereleaseUse.AsAllowed), (change, lever) => change.With(lever.Change(line)));

    private void ExtendTo(PackageName name, List<PackageKey> lacking)
    {
        // By index: where a changed line leads may be a new node, and asking for a feature of it another.
        for (var i = _read.GetValueOrDefault(name); i < book.AsksFor(name).Length; i++)
        {
            var (fact, info) = book.AsksFor(name)[i];
            if (levers.Any(lever => lever.Drops(info)))
            {
                Edits.Disable(fact);
            }
            else if (ChangeOf(info.Line) is var change && change != default)
            {
                if (book.Destination(info, change, out var key) is not { } destination)
                {
                    lacking.Add(key);
                    return;
                }

                Edits.Replace(fact, destination.Target.Id, destination.Allowed);
            }

            _read[name] = i + 1;
        }
    }

    private void ExtendToUnavailable()
    {
        for (; _unavailableRead < book.Unavailable.Length; _unavailableRead++)
        {
            var (fact, info) = book.Unavailable[_unavailableRead];
            if (info.Reason == UnavailableReason.TooNew && levers.Any(lever => lever.Edit is ManifestEdit.RemoveAsOf))
            {
                Edits.Disable(fact);
            }
            else if (info.Reason == UnavailableReason.Yanked)
            {
                Accept(fact, info);
            }
        }
    }

    private void Accept(int fact, UnavailableFact info)
    {
        var accepted = OrdinalSet.FromOrdinals(Enumerable.Range(0, info.Node.Count)
            .Where(i => info.Versions.Contains(i) && levers.Any(lever => lever.Yanked == info.Node.Releases[i].Id)));
        if (!accepted.IsEmpty)
        {
            Edits.Disable(fact).Limit(info.Node.Id, info.Node.All.Except(info.Versions.Except(accepted)));
        }
    }
}
