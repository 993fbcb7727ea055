using Registry.Engine.Resolution;
using Registry.Tui.Terminal;

namespace Registry.Tui.Screens;

/// <summary>A line of a lock difference in sign, words and colour.</summary>
internal static class LockChangeText
{
    public static string Of(LockChange change, int nameWidth) =>
        $"{SignOf(change.Kind)} {change.Name.Value.PadRight(nameWidth)}  {Versions(change)}";

    public static Style StyleOf(LockChange change) => new(change.Kind switch
    {
        LockChangeKind.Added => Ink.Added,
        LockChangeKind.Removed => Ink.Removed,
        _ => change.IsBreaking ? Ink.Notice : Ink.Changed,
    });

    private static char SignOf(LockChangeKind kind) => kind switch
    {
        LockChangeKind.Added => '+',
        LockChangeKind.Removed => '-',
        _ => '~',
    };

    private static string Versions(LockChange change) => (change.Before, change.After) switch
    {
        (null, { } after) => after.Id.Version.ToString(),
        ({ } before, null) => before.Id.Version.ToString(),
        ({ } before, { } after) when change.Kind == LockChangeKind.Refeatured => $"{after.Id.Version}  features {string.Join(' ', before.Features)} -> {string.Join(' ', after.Features)}",
        ({ } before, { } after) when change.Kind == LockChangeKind.Moved => $"{after.Id.Version}  {before.Source} -> {after.Source}",
        ({ } before, { } after) => $"{before.Id.Version} -> {after.Id.Version}  {change.Step.ToString().ToLowerInvariant()}{(change.Kind == LockChangeKind.Downgraded ? ", down" : "")}",
        _ => "",
    };
}
