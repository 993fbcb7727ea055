namespace Registry.Engine.Operations;

/// <summary>What reads and reports.</summary>
public sealed partial class RegistryClient
{
#pragma warning disable CA1822 // A door of the client, whether or not it has to look at its settings.
    public Query<TreeReport> Tree(TreeRequest request) => new Tree(request);
#pragma warning restore CA1822
}
