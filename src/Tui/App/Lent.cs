namespace Registry.Tui.App;

/// <summary>
/// One thing that many use side by side, and that a newer one takes the place of now and then. The older one is disposed when
/// the last of its users is done, so nobody loses what they work with and nothing is kept for nobody.
/// </summary>
internal sealed class Lent<T> : IDisposable
    where T : class, IDisposable
{
    private readonly Lock gate = new();

    private Loan? current;

    /// <summary>Uses what there is when it fits, else makes what is used from here on.</summary>
    public async Task<TResult> UseAsync<TResult>(Func<T, bool> fits, Func<T> make, Func<T, Task<TResult>> use)
    {
        var loan = Take(fits, make);
        try
        {
            return await use(loan.Thing).ConfigureAwait(false);
        }
        finally
        {
            GiveBack(loan);
        }
    }

    /// <summary>What is in use is disposed by its last user.</summary>
    public void Dispose() => Retire();

    private Loan Take(Func<T, bool> fits, Func<T> make)
    {
        lock (gate)
        {
            if (current is null || !fits(current.Thing))
            {
                Retire();
                current = new Loan(make());
            }

            current.Users++;
            return current;
        }
    }

    private void GiveBack(Loan loan)
    {
        lock (gate)
        {
            loan.Users--;
            DisposeUnused(loan);
        }
    }

    private void Retire()
    {
        lock (gate)
        {
            if (current is { } older)
            {
                current = null;
                DisposeUnused(older);
            }
        }
    }

    private void DisposeUnused(Loan loan)
    {
        if (loan.Users == 0 && loan != current)
        {
            loan.Thing.Dispose();
        }
    }

    private sealed class Loan(T thing)
    {
        public T Thing { get; } = thing;

        public int Users { get; set; }
    }
}
