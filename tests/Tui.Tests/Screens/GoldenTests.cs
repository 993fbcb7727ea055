using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Progress;
using Registry.Engine.Resolution;
using Registry.Testing;
using Registry.Tui.Screens;
using Registry.Tui.Screens.Conflicts;
using Registry.Tui.Screens.Help;
using Registry.Tui.Screens.Jobs;
using Registry.Tui.Screens.Package;
using Registry.Tui.Screens.Project;
using Registry.Tui.Screens.Review;
using Registry.Tui.Screens.Search;
using Registry.Tui.Screens.Tree;
using Registry.Tui.Tests.Terminal;

namespace Registry.Tui.Tests.Screens;

/// <summary>Whole screens as text, wide and narrow. `UPDATE_SNAPSHOTS=1` rewrites them; then read the difference.</summary>
public sealed class GoldenTests
{
    [Theory]
    [InlineData("project", "")]
    [InlineData("project-filter", "/kit")]
    [InlineData("project-staged", "jd")]
    [InlineData("tree", "2")]
    [InlineData("tree-selected", "2jjjjj")]
    [InlineData("tree-filter", "2/http")]
    [InlineData("tree-inverted", "2/http\ri")]
    [InlineData("search", "3http")]
    [InlineData("search-list", "3http\e[B\e[B")]
    [InlineData("package", "\r")]
    [InlineData("versions", "jt")]
    [InlineData("why", "2/http\rw")]
    [InlineData("why-not-newer", "2/http\rW")]
    [InlineData("help", "?up")]
    [InlineData("palette", ":version")]
    public void Screens_look_like_this(string name, string keys) => Both(name, session => session.Keys(keys));

    [Theory]
    [InlineData("project", "")]
    [InlineData("tree", "2")]
    [InlineData("palette", ":version")]
    [InlineData("help", "?up")]
    public void Small_windows_look_like_this(string name, string keys)
    {
        foreach (var (columns, rows) in new[] { (60, 15), (44, 12) })
        {
            var actual = Shop.Open(columns, rows).Keys(keys).Text();
            Assert.Equal(Snapshot.Expected($"{name}-{columns}x{rows}", actual), actual);
        }
    }

    [Fact]
    public void A_solved_plan_is_reviewed() => Both("review", session =>
    {
        session.Keys("3http\e[Ba");
        Answer(session, new Outcome<ChangePlan>.Done(Shop.Plan));
        session.Keys("p");
    });

    [Fact]
    public void What_is_in_the_way_of_a_newer_version_is_proven() => Both("why-not-newer-proven", session =>
    {
        session.Keys("2/http\rW");
        var ask = Assert.Single(session.Take<AskWhyNot>());
        var explanation = ((NoResolutionDetail)Shop.Conflict.Detail!).Explanation;
        var newest = new PackageId(ask.Name, SemanticVersion.Parse("2.1.0"));
        session.Send(new WhyNotAnswered(ask.Name, new Outcome<WhyNotReport>.Done(new WhyNotReport(newest, [], explanation, null))));
    });

    [Theory]
    [InlineData("package-readme", "")]
    [InlineData("package-versions", "\t")]
    [InlineData("package-files", "\t\t\t\t")]
    [InlineData("package-changes", "\e[Z\e[Z")]
    public void A_package_page_looks_like_this(string name, string keys) => Both(name, session =>
    {
        session.Keys("/web\r\r");
        session.Send(new ContentsRead(PackagePageTests.Contents().Package, null, new Outcome<ContentsReport>.Done(PackagePageTests.Contents())));
        session.Send(PackagePageTests.Difference()).Keys(keys);
    });

    [Fact]
    public void Applying_shows_how_far_it_is() => Both("apply", session =>
    {
        session.Keys("3http\e[Ba");
        Answer(session, new Outcome<ChangePlan>.Done(Shop.Plan));
        session.Keys("p\r");
        session.Send(new Message.JobProgressed(1, new ProgressEvent.ApplyStarted(4, 100_000, 8)));
        session.Send(new Message.JobProgressed(1, new ProgressEvent.DownloadEnded(new PackageId(PackageName.Parse("http-core"), SemanticVersion.Parse("2.1.0")))));
    });

    [Fact]
    public void Colours_say_what_the_signs_say()
    {
        var session = Shop.Open(80, 24).Keys("jd");
        Assert.Equal(Snapshot.Expected("project-staged-styles", session.Frame().Styles()), session.Frame().Styles());
    }

    [Theory]
    [InlineData(44, 12)]
    [InlineData(20, 5)]
    [InlineData(3, 2)]
    [InlineData(1, 1)]
    public void No_size_is_too_small_to_draw(int columns, int rows)
    {
        foreach (var keys in new[] { "", "2", "3h", "\r", "t", "p", "?", "2w", "Uf" })
        {
            var text = Shop.Open(columns, rows).Keys(keys).Text();
            Assert.Equal(rows, text.Count(c => c == '\n'));
        }
    }

    internal static void Answer(Session session, Outcome<ChangePlan> outcome) =>
        session.Send(new Planned(session.Take<MakePlan>()[^1].Revision, outcome));

    private static void Both(string name, Action<Session> drive)
    {
        foreach (var (columns, rows) in new[] { (120, 36), (80, 24) })
        {
            var session = Shop.Open(columns, rows);
            drive(session);
            var actual = session.Text();
            Assert.Equal(Snapshot.Expected($"{name}-{columns}x{rows}", actual), actual);
        }
    }
}
