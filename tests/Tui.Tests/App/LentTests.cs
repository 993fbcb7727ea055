using Registry.Tui.App;

namespace Registry.Tui.Tests.App;

public sealed class LentTests
{
    private readonly List<Thing> made = [];

    [Fact]
    public async Task What_fits_is_used_again()
    {
        using var lent = new Lent<Thing>();
        Assert.Same(await UseAsync(lent, true), await UseAsync(lent, true));
        Assert.False(Assert.Single(made).IsDisposed);
    }

    [Fact]
    public async Task An_older_one_goes_with_the_last_of_its_users()
    {
        using var lent = new Lent<Thing>();
        var (first, second) = (new TaskCompletionSource(), new TaskCompletionSource());
        var users = new[] { HoldAsync(lent, first), HoldAsync(lent, second) };
        await UseAsync(lent, false);
        Assert.False(made[0].IsDisposed);
        first.SetResult();
        await users[0];
        Assert.False(made[0].IsDisposed);
        second.SetResult();
        await users[1];
        Assert.Equal([true, false], made.Select(thing => thing.IsDisposed));
    }

    [Fact]
    public async Task Only_one_is_kept_however_often_it_is_made_anew()
    {
        using var lent = new Lent<Thing>();
        for (var i = 0; i < 50; i++)
        {
            await UseAsync(lent, false);
        }

        Assert.Single(made, thing => !thing.IsDisposed);
    }

    [Fact]
    public async Task At_the_end_a_user_keeps_what_it_works_with()
    {
        var lent = new Lent<Thing>();
        var end = new TaskCompletionSource();
        var user = HoldAsync(lent, end);
        lent.Dispose();
        Assert.False(made[0].IsDisposed);
        end.SetResult();
        await user;
        Assert.True(made[0].IsDisposed);
    }

    private Task<Thing> UseAsync(Lent<Thing> lent, bool fits) => lent.UseAsync(_ => fits, Make, Task.FromResult);

    private Task<Thing> HoldAsync(Lent<Thing> lent, TaskCompletionSource end) => lent.UseAsync(
        static _ => true, Make, async thing =>
        {
            await end.Task;
            return thing;
        });

    private Thing Make()
    {
        made.Add(new Thing());
        return made[^1];
    }

    private sealed class Thing : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
