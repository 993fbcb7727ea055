using System.Diagnostics.CodeAnalysis;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Resolution.Lowering;

namespace Registry.Engine.Resolution;

/// <summary>The metadata supplied so far. Shared by a resolver and the repairs tried after it.</summary>
internal sealed class Supplies
{
    private readonly Dictionary<PackageKey, SuppliedPackage> _packages = [];
    private readonly Dictionary<PackageKey, Problem> _missing = [];
    private readonly Dictionary<(PackageName, PackageSource), PackageTable> _tables = [];

    public bool Has(PackageKey key) => _packages.ContainsKey(key) || _missing.ContainsKey(key);

    public void Add(SuppliedPackage package) => _packages[package.Key] = package;

    public void AddMissing(PackageKey key, Problem reason) => _missing[key] = reason;

    public bool TryGet(PackageKey key, [NotNullWhen(true)] out SuppliedPackage? package) => _packages.TryGetValue(key, out package);

    /// <summary>The releases of a supplied package, ready for many resolutions.</summary>
    public PackageTable Table(SuppliedPackage supplied)
    {
        var key = (supplied.Key.Name, supplied.Source);
        if (!_tables.TryGetValue(key, out var table))
        {
            _tables[key] = table = new(supplied.Key.Name, supplied.Source, supplied.Index.Releases);
        }

        return table;
    }

    public Problem? Missing(PackageKey key) => _missing.GetValueOrDefault(key);
}
