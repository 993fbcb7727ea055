using System.Globalization;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Tui.Terminal;

namespace Registry.Tui.Screens.Registries;

/// <summary>How registries and what is kept of them are said.</summary>
internal static class RegistryWords
{
    public static string State(RegistryTest test) => test.State switch
    {
        RegistryState.Ok => "✓ ok",
        RegistryState.NotAsked => "· offline",
        _ => $"! {test.Problem!.Code.Slug()}",
    };

    /// <summary>Before it was tested.</summary>
    public static string State(RegistryPlace place) => place switch
    {
        RegistryPlace.Folder => "a folder",
        RegistryPlace.Web => "not asked yet",
        RegistryPlace.NoFeed => "! no feed there",
        _ => "! no address",
    };

    public static Style StyleOf(RegistryTest? test, RegistryPlace place) => test switch
    {
        { State: RegistryState.Ok } => new Style(Ink.Added),
        { State: RegistryState.Failed } => new Style(Ink.Problem),
        null when place is RegistryPlace.NoFeed or RegistryPlace.NoAddress => new Style(Ink.Problem),
        _ => Style.Quiet,
    };

    public static string Delay(RegistryTest test) => test.State == RegistryState.NotAsked ? ""
        : test.Delay.TotalMilliseconds < 10
            ? string.Create(CultureInfo.InvariantCulture, $"{test.Delay.TotalMilliseconds:0.0} ms")
            : string.Create(CultureInfo.InvariantCulture, $"{test.Delay.TotalMilliseconds:N0} ms");

    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1000.0:N0} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000.0:N0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000_000.0:N1} GB"),
    };

    /// <summary>How long ago, in one unit: `6 min old`.</summary>
    public static string Age(DateTimeOffset at, DateTimeOffset now) => (now - at) switch
    {
        { TotalMinutes: < 1 } => "just now",
        { TotalHours: < 1 } age => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalMinutes} min old"),
        { TotalDays: < 1 } age => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalHours} h old"),
        var age => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalDays} days old"),
    };

    /// <summary>Whether an install would work without the network.</summary>
    public static string Readiness(KeptFiles kept) => kept switch
    {
        { Locked: 0 } => "there is nothing locked that would have to be here",
        { Missing.IsEmpty: true } => "everything in this lock is here",
        { Missing: [var only] } => $"! {only} is not here",
        _ => $"! {kept.Missing.Length} of {kept.Locked} locked packages are not here",
    };
}
