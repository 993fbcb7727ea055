using System.Collections.Immutable;
using System.Text;
using Registry.Engine.Model;
using Registry.Engine.Workspace;

namespace Registry.Engine.Tests.Workspace;

public sealed class InstallLayoutTests
{
    [Fact]
    public void A_package_has_its_name_and_further_versions_their_number()
    {
        var layout = Layout("packages", "app 1.0.0 . -> web 2.0.0, auth 1.0.0", "web 2.0.0 -> http 2.1.0", "auth 1.0.0 -> http 1.9.0", "http 1.9.0", "http 2.1.0");

        Assert.Equal(["auth", "http", "http@1.9.0", "web"], layout.Packages.Select(p => p.Folder));
        Assert.Equal("http@1.9.0", layout.Packages[0].Sees[0].Folder);
        Assert.Equal("http", layout.Packages[3].Sees[0].Folder);
    }

    [Fact]
    public void The_plain_name_is_the_version_that_the_project_names()
    {
        var layout = Layout("packages", "app 1.0.0 . -> web 2.0.0, http 1.9.0", "web 2.0.0 -> http 2.1.0", "http 1.9.0", "http 2.1.0");

        Assert.Equal(["http", "http@2.1.0", "web"], layout.Packages.Select(p => p.Folder));
        Assert.Equal("1.9.0", layout.Packages[0].Package.Id.Version.ToString());
    }

    [Fact]
    public void An_alias_gives_way_to_the_name_itself()
    {
        var layout = Layout("packages", "app 1.0.0 . -> http 1.9.0, http2=http 2.1.0", "http 1.9.0", "http 2.1.0");

        Assert.Equal(["http", "http@2.1.0"], layout.Roots[0].Sees.Select(e => e.Folder));
    }

    [Fact]
    public void Edges_that_are_not_wanted_are_not_followed()
    {
        var lockfile = Lock("app 1.0.0 . -> web 2.0.0, test 1.0.0", "web 2.0.0", "test 1.0.0 -> deep 1.0.0", "deep 1.0.0");

        var layout = InstallLayout.Of(lockfile, (_, edge) => edge.LocalName != "test", "packages");

        Assert.Equal(["web"], layout.Packages.Select(p => p.Folder));
        Assert.Equal(["web"], layout.Roots[0].Sees.Select(e => e.Edge.LocalName));
    }

    [Fact]
    public void A_namespace_makes_way_for_a_package_of_its_name()
    {
        Assert.Equal(["acme/http"], Layout("packages", "app 1.0.0 . -> acme/http 1.0.0", "acme/http 1.0.0").Packages.Select(p => p.Folder));
        Assert.Equal(
            ["@acme/http", "acme"],
            Layout("packages", "app 1.0.0 . -> acme/http 1.0.0, acme 1.0.0", "acme/http 1.0.0", "acme 1.0.0").Packages.Select(p => p.Folder));
    }

    [Fact]
    public void Members_are_roots_and_packages_when_others_use_them()
    {
        var layout = Layout("vendor/packages", "app 1.0.0 . -> lib 1.0.0", "lib 1.0.0 libs/lib -> log 1.0.0", "log 1.0.0");

        Assert.Equal(["../..", "../../libs/lib"], layout.Roots.Select(r => r.Folder));
        Assert.Equal(["lib", "log"], layout.Packages.Select(p => p.Folder));
    }

    [Fact]
    public void A_cycle_ends() =>
        Assert.Equal(["a", "b"], Layout("packages", "app 1.0.0 . -> a 1.0.0", "a 1.0.0 -> b 1.0.0", "b 1.0.0 -> a 1.0.0").Packages.Select(p => p.Folder));

    [Fact]
    public void Node_gets_links_to_what_it_would_not_find()
    {
        var layout = Layout(
            "node_modules", "app 1.0.0 . -> web 2.0.0, http 1.9.0, old=web 1.0.0, acme/x 1.0.0", "web 2.0.0 -> http 2.1.0, acme/x 1.0.0",
            "web 1.0.0", "http 1.9.0", "http 2.1.0", "acme/x 1.0.0");

        Assert.Equal(["@acme/x", "http", "http@2.1.0", "web", "web@1.0.0"], layout.Packages.Select(p => p.Folder));
        Assert.Equal([new("old", "web@1.0.0"), new("web/node_modules/http", "http@2.1.0")], layout.Links);
    }

    [Fact]
    public void The_map_says_who_sees_which()
    {
        var layout = Layout("packages", "app 1.0.0 . -> http2=http 2.1.0", "http 2.1.0 -> log 1.0.0", "log 1.0.0");

        var map = PackageMap.ToBytes(layout, LinkMode.Files);

        Assert.Equal(
            """
            {
              "version": 1,
              "link": "files",
              "roots": [
                {
                  "name": "app",
                  "version": "1.0.0",
                  "folder": "..",
                  "dependencies": {
                    "http2": "http"
                  }
                }
              ],
              "packages": [
                {
                  "name": "http",
                  "version": "2.1.0",
                  "folder": "http",
                  "source": "feed+main",
                  "features": [],
                  "dependencies": {
                    "log": "log"
                  }
                },
                {
                  "name": "log",
                  "version": "1.0.0",
                  "folder": "log",
                  "source": "feed+main",
                  "features": [],
                  "dependencies": {}
                }
              ]
            }

            """.ReplaceLineEndings("\n"),
            Encoding.UTF8.GetString(map));
        Assert.Equal(["http", "log"], PackageMap.Parse(map).Select(entry => entry.Folder));
    }

    /// <summary>Lines `name version [member-folder] -> [alias=]name version, …`.</summary>
    internal static Lockfile Lock(params string[] lines)
    {
        var packages = lines.Select(Entry).ToImmutableArray();
        return new(packages[0].Id.Name.Value, packages);
    }

    private static InstallLayout Layout(string directory, params string[] lines) =>
        InstallLayout.Of(Lock(lines), (_, _) => true, directory);

    private static LockedPackage Entry(string line)
    {
        var sides = line.Split(" -> ");
        var words = sides[0].Split(' ');
        PackageSource source = words.Length > 2 ? new PackageSource.Member(words[2]) : new PackageSource.Feed("main");
        var edges = sides.Length > 1 ? sides[1].Split(", ").Select(Edge).ToImmutableArray() : [];
        return new(Id(words), source, null, null, [], edges);
    }

    private static LockedDependency Edge(string text)
    {
        var words = text.Split(' ');
        var names = words[0].Split('=');
        return new(names[0], Id([names[^1], words[1]]), DependencyGroup.Normal);
    }

    private static PackageId Id(string[] words) => new(PackageName.Parse(words[0]), SemanticVersion.Parse(words[1]));
}
