using Registry.Engine.Model;
using Registry.Engine.Operations;

namespace Registry.Tui.Screens.Registries;

/// <summary>What the user wants to be different in the own list of registries.</summary>
/// <param name="Name">The registry it is about.</param>
internal abstract record RegistryChange(string Name)
{
    public sealed record Add(RegistryEntry Entry) : RegistryChange(Entry.Name);

    /// <param name="Known">As it is now.</param>
    public sealed record Edit(RegistryEntry Known, RegistryEdit Wish) : RegistryChange(Wish.Name);

    public sealed record Remove(string Name) : RegistryChange(Name);

    public sealed record Move(string Name, MoveDirection Direction) : RegistryChange(Name);

    /// <summary>As a title: `Add company`.</summary>
    public string Title => this switch
    {
        Add => $"Add {Name}",
        Edit => $"Change {Name}",
        Move { Direction: MoveDirection.Up } => $"Move {Name} up",
        Move => $"Move {Name} down",
        _ => $"Remove {Name}",
    };
}
