using Registry.Engine.Model;

namespace Registry.Benchmarks.Feed;

/// <summary>
/// What each npm package is called here. A resolution holds one version per compatible range; where npm holds several
/// (ms 2.0.0 and 2.1.3), all but the newest get a name of their own and are depended on by alias.
/// </summary>
internal sealed class NpmNames
{
    private readonly Dictionary<(string, SemanticVersion), PackageName> _names = [];
    private readonly Dictionary<string, List<SemanticVersion>> _versions = [];

    public NpmNames(IEnumerable<NpmPackage> packages, List<string> remarks)
    {
        var taken = new HashSet<PackageName>();
        foreach (var group in packages.GroupBy(package => package.Name).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var name = Plain(group.Key);
            if (!taken.Add(name))
            {
                remarks.Add($"{group.Key}: `{name}` is taken by another spelling, here `{name}-npm`");
                name = PackageName.Parse($"{name}-npm");
                taken.Add(name);
            }

            _versions[group.Key] = [];
            foreach (var range in group.GroupBy(package => Compatible(package.Version)))
            {
                var newest = range.MaxBy(package => package.Version)!;
                foreach (var package in range)
                {
                    var isNewest = ReferenceEquals(package, newest);
                    _names[(package.Name, package.Version)] = isNewest ? name : PackageName.Parse($"{name}-v{package.Version.ToString().Replace('.', '-')}");
                    if (isNewest)
                    {
                        _versions[group.Key].Add(package.Version);
                    }
                    else
                    {
                        remarks.Add($"{package.Name} {package.Version}: beside {newest.Version}, here `{_names[(package.Name, package.Version)]}`");
                    }
                }
            }
        }
    }

    /// <summary>`@scope/name` is `scope/name`; a name too long here ends in some of its hash.</summary>
    public static PackageName Plain(string name) =>
        PackageName.TryParse(name.TrimStart('@'), out var plain)
            ? plain
            : PackageName.Parse($"{name.TrimStart('@')[..50]}-{ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(name)).Hex[..8]}");

    public PackageName Of(string name, SemanticVersion version) => _names[(name, version)];

    /// <summary>Versions published under the name itself.</summary>
    public IReadOnlyList<SemanticVersion> Published(string name) => _versions[name];

    private static (int, int, int) Compatible(SemanticVersion version) =>
        version.Major > 0 ? (version.Major, 0, 0) : version.Minor > 0 ? (0, version.Minor, 0) : (0, 0, version.Patch);
}
