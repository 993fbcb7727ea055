using FsCheck;
using FsCheck.Fluent;

namespace Registry.Engine.Tests;

/// <summary>Something that must hold for every generated value; a failure prints the smallest one found and the seed.</summary>
internal static class Law
{
    public static void Holds<T>(Gen<T> values, Action<T> check, int times = 300) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(times).WithQuietOnSuccess(true), Prop.ForAll(values.ToArbitrary(), check));
}
