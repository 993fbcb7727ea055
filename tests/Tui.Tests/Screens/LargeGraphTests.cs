using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Operations;
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

public sealed class LargeGraphTests
{
    private const int Count = 10_000;

    [Fact]
    public void Ten_thousand_packages_are_scrolled_filtered_and_unfolded()
    {
        var session = Open();
        session.Keys("2>");
        Assert.Contains("10,000 packages", session.Text(), StringComparison.Ordinal);
        session.Keys("G");
        Assert.Contains("█", session.Text(), StringComparison.Ordinal);
        session.Keys("/kit-9999");
        Assert.Contains("> ", session.Text(), StringComparison.Ordinal);
        Assert.Contains("kit-9999 1.0.0", session.Text(), StringComparison.Ordinal);
        Assert.Contains("Why is it here?", session.Text(), StringComparison.Ordinal);
        session.Keys("\ri");
        Assert.Contains("Who needs kit-9999", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_letter_of_a_filter_is_understood_once_and_not_for_each_package()
    {
        var session = Open().Keys("2/kit-9999");
        var before = GC.GetAllocatedBytesForCurrentThread();
        session.Keys("9");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50 * Count);
    }

    [Fact]
    public void A_key_on_the_project_does_not_look_at_every_package()
    {
        var session = Open().Keys("jk");
        var health = HealthLine(session);
        var before = GC.GetAllocatedBytesForCurrentThread();
        session.Keys("j");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10 * Count);
        Assert.Equal(health, HealthLine(session));
    }

    [Fact]
    public void Every_package_has_its_shortest_way_first()
    {
        var graph = DependencyGraph.Of(Lockfile());
        foreach (var node in new[] { 1, 17, 500, Count - 1 })
        {
            var ways = graph.Ways(node, 5);
            Assert.NotEmpty(ways);
            Assert.All(ways, way => Assert.Equal((0, node), (way[0], way[^1])));
            Assert.Equal(ways.Select(way => way.Length).Order(), ways.Select(way => way.Length));
        }
    }

    [Fact]
    public void A_package_that_needs_itself_in_a_circle_ends()
    {
        var graph = DependencyGraph.Of(new Lockfile("root",
        [
            Shop.Locked("a", "1.0.0", "b 1.0.0"), Shop.Locked("b", "1.0.0", "a 1.0.0"),
            Shop.Locked("root", "1.0.0", "a 1.0.0", new PackageSource.Member(".")),
        ]));
        var rows = TreeRows.Of(graph, graph.Roots, GraphReading.Needs, [0, 1, 2], null);
        Assert.Equal([Fold.Open, Fold.Open, Fold.Open, Fold.Repeated], rows.Select(row => row.Fold));
        Assert.Single(graph.Ways(1, 5));
    }

    private static string HealthLine(Session session) => session.Text().Split('\n').Single(line => line.Contains("Health  ", StringComparison.Ordinal));

    private static Session Open()
    {
        var session = new Session(new TerminalSize(120, 36));
        return session.Send(new ProjectOpened(new Outcome<ProjectOverview>.Done(new ProjectOverview("/big", Shop.Manifest, Lockfile()))));
    }

    // Each package needs up to three with a higher number; the project needs the first twenty.
    private static Lockfile Lockfile()
    {
        var random = new Random(1);
        var packages = ImmutableArray.CreateBuilder<LockedPackage>(Count);
        packages.Add(Package(0, Enumerable.Range(1, 20)));
        for (var i = 1; i < Count; i++)
        {
            var number = i;
            packages.Add(Package(i, Enumerable.Range(0, 3).Select(step => number + 1 + random.Next(step == 0 ? 3 : 400)).Where(target => target < Count).Distinct()));
        }

        return new Lockfile("kit-0", packages.MoveToImmutable());
    }

    private static LockedPackage Package(int number, IEnumerable<int> needs) => Shop.Locked(
        $"kit-{number}", "1.0.0", string.Join("; ", needs.Select(need => $"kit-{need} 1.0.0")),
        number == 0 ? new PackageSource.Member(".") : null);
}
