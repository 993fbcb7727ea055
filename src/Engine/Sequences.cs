using System.Collections.Immutable;

namespace Registry;

/// <summary>
/// `Select` for everything below this namespace, found before LINQ's because it is nearer. LINQ's is a generic virtual method: ahead of
/// time it is compiled for every pair of a source and a result type there is, which made two thirds of the native program
/// and of its start-up; just in time it costs several types a call. What is given up is knowing the length in advance.
/// </summary>
internal static class Sequences
{
    public static IEnumerable<TResult> Select<TSource, TResult>(this IEnumerable<TSource> source, Func<TSource, TResult> selector)
    {
        foreach (var item in source)
        {
            yield return selector(item);
        }
    }

    public static IEnumerable<TResult> Select<TSource, TResult>(this IEnumerable<TSource> source, Func<TSource, int, TResult> selector)
    {
        var index = 0;
        foreach (var item in source)
        {
            yield return selector(item, index++);
        }
    }

    public static IEnumerable<TResult> Select<TSource, TResult>(this ImmutableArray<TSource> source, Func<TSource, TResult> selector)
    {
        foreach (var item in source)
        {
            yield return selector(item);
        }
    }
}
