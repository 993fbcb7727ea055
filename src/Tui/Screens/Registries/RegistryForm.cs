using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Tui.Screens.Dialogs;

namespace Registry.Tui.Screens.Registries;

/// <summary>A new registry, or what is written of one: name, address, names it is the source of, whether it is the default.</summary>
/// <param name="Known">The one that is changed; null for a new one.</param>
internal sealed record RegistryForm(RegistryEntry? Known) : DialogAnswer
{
    private const string No = "no";
    private const string Yes = "yes";

    /// <param name="typed">What stands in the fields; null for what is known.</param>
    public static Dialog Of(RegistryEntry? known, RegistryEntry? typed = null)
    {
        var shown = typed ?? known;
        var fields = ImmutableArray.CreateBuilder<DialogField>();
        if (known is null)
        {
            fields.Add(new("Name") { Text = shown?.Name ?? "", Example = "company" });
        }

        fields.Add(new("Address") { Text = shown?.Address ?? "", Example = "a folder, or https://packages.example.org" });
        fields.Add(new("Only source of") { Text = shown is null ? "" : string.Join(", ", shown.Packages), Example = "acme/*, http-core; or nothing", IsOptional = true });
        if (known is not { IsDefault: true })
        {
            fields.Add(new("Default") { Text = shown is { IsDefault: true } ? Yes : No, Choices = [No, Yes] });
        }

        return new(
            known is null ? "Add a registry" : $"Change {known.Name}", ["Each name comes from one registry: by a pattern, else from the default one."],
            [new DialogButton("Show the change", new RegistryForm(known))])
        {
            Fields = fields.ToImmutable(),
        };
    }

    public override Step Reach(AppState state, ImmutableArray<string> values)
    {
        var at = Known is null ? 1 : 0;
        ImmutableArray<string> packages = [.. values[at + 1].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        var isDefault = values.Length > at + 2 && values[at + 2] == Yes;
        return state.Do(new PlanRegistry(Known is null
            ? new RegistryChange.Add(new RegistryEntry(values[0], values[at], packages) { IsDefault = isDefault })
            : new RegistryChange.Edit(Known, new RegistryEdit(Known.Name) { Address = values[at] == Known.Address ? null : values[at], Packages = packages, BecomesDefault = isDefault })));
    }
}
