using System.Runtime.InteropServices;
using Registry.Engine.Model;
using Registry.Engine.Resolution.Solving;

namespace Registry.Engine.Resolution.Lowering;

/// <content>The same facts with some lines changed, for repairs that are tried.</content>
internal sealed partial class FactBook
{
    private readonly Dictionary<(Line, LineChange), Line> _changed = [];

    /// <summary>Facts that ask for a package of that name, in the order they were stated; more may be added at the end.</summary>
    public ReadOnlySpan<(int Fact, LineFact Info)> AsksFor(PackageName name) => CollectionsMarshal.AsSpan(_asks.GetValueOrDefault(name));

    /// <summary>Facts that forbid releases, in the order they were stated; more may be added at the end.</summary>
    public ReadOnlySpan<(int Fact, UnavailableFact Info)> Unavailable => CollectionsMarshal.AsSpan(_unavailable);

    /// <summary>Where a fact would lead with its line changed; null when <paramref name="lacking"/> has to be supplied first.</summary>
    public (Node Target, OrdinalSet Allowed)? Destination(LineFact info, LineChange change, out PackageKey lacking)
    {
        var line = Changed(info.Line, change);
        lacking = line.Key;
        return Resolve(line) ? Destination(line, info.Feature) : null;
    }

    /// <summary>The line as it would be; the same object for the same change.</summary>
    public Line Changed(Line line, LineChange change)
    {
        if (!_changed.TryGetValue((line, change), out var changed))
        {
            _changed[(line, change)] = changed = Change(line, change);
        }

        return changed;
    }

    /// <summary>The release that a line came to in the last solve; null when it was not in use.</summary>
    public static Release? Chosen(Line line, Solver solver)
    {
        var range = line.Choice is { } choice ? solver.OrdinalOf(choice.Id) : 0;
        var node = range < 0 ? null : line.Choice is { } several ? several.Choices[range].Node : line.Target;
        var ordinal = node is null ? -1 : solver.OrdinalOf(node.Id);
        return ordinal < 0 ? null : node!.Releases[ordinal];
    }

    /// <summary>The newest release of a name in the last solve.</summary>
    public Release? Chosen(PackageName name, Solver solver) => _byName.GetValueOrDefault(name, [])
        .Where(node => solver.OrdinalOf(node.Id) >= 0).Select(node => node.Releases[solver.OrdinalOf(node.Id)])
        .MaxBy(release => release.Id.Version);

    private Line Change(Line line, LineChange change)
    {
        var written = line.Written with
        {
            Name = change.Name ?? line.Written.Name,
            Origin = change.Origin ?? line.Written.Origin,
            Constraint = change.IsOpen ? Constraint.Any : line.Written.Constraint,
        };
        var replaced = change.LeavesOverride ? null : _request.Options.Overrides.FirstOrDefault(o => o.Name == written.Name);
        return new(line.From, written, replaced, line.Place)
        {
            Key = new(written.Name, Origin(replaced?.Origin ?? written.Origin)),
            Prereleases = change.Prereleases,
        };
    }
}
