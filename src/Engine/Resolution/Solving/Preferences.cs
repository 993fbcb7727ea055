namespace Registry.Engine.Resolution.Solving;

/// <summary>Which end of the allowed versions is tried first.</summary>
public enum VersionOrder : byte
{
    Newest,
    Oldest,
}

/// <summary>
/// Which version of a package to try first; never which ones are allowed. May be added to while a solve waits.
/// A preferred version wins, then those that are not postponed, then the order.
/// </summary>
public sealed class Preferences
{
    private Choice[] _choices = [];

    private int _known;

    /// <summary>The order of packages that have none of their own.</summary>
    public VersionOrder DefaultOrder { get; set; }

    internal ReadOnlySpan<Choice> Known => _choices.AsSpan(0, _known);

    public void SetOrder(int package, VersionOrder order) => Of(package).Order = (byte)(order + 1);

    /// <summary>This version is taken whenever it is allowed: a locked one.</summary>
    public void Prefer(int package, int ordinal) => Of(package).Preferred = ordinal + 1;

    /// <summary>These versions are taken only when no other is allowed: pre-releases.</summary>
    public void Postpone(int package, OrdinalSet versions) => Of(package).Postponed = versions;

    private ref Choice Of(int package)
    {
        _known = Math.Max(_known, package + 1);
        Arrays.Fit(ref _choices, _known);
        return ref _choices[package];
    }

    /// <summary>All zero means no wish.</summary>
    internal struct Choice
    {
        public int Preferred;
        public byte Order;
        public OrdinalSet Postponed;
    }
}
