namespace Registry.Benchmarks.Resolve;

/// <summary>
/// One package of a `plain/1` file, as written: its versions, its distinct dependency sets, and which set each version
/// has. A dependency is <c>target, number of bounds, bounds…</c> in <see cref="Numbers"/>; set s is the part from
/// <c>Starts[s]</c> to <c>Starts[s + 1]</c>.
/// </summary>
public sealed record PlainPackage(string Name, string[] Versions, int[] Numbers, int[] Starts, int[] SetOf)
{
    public int SetCount => Starts.Length - 1;

    public DependencySequence Dependencies(int set) => new(Numbers, Starts[set], Starts[set + 1]);
}

/// <summary>The dependencies of one set, for `foreach`.</summary>
public readonly struct DependencySequence(int[] numbers, int start, int end)
{
    public Enumerator GetEnumerator() => new(numbers, start, end);

    public struct Enumerator(int[] numbers, int start, int end)
    {
        private int next = start;
        private int at = -1;

        public readonly PlainDependency Current => new(numbers[at], numbers.AsSpan(at + 2, numbers[at + 1]));

        public bool MoveNext()
        {
            if (next >= end)
            {
                return false;
            }

            at = next;
            next = at + 2 + numbers[at + 1];
            return true;
        }
    }
}

/// <summary>The target must be chosen, inside one of the half-open intervals <c>low, high, low, high…</c>.</summary>
public readonly ref struct PlainDependency(int target, ReadOnlySpan<int> bounds)
{
    public int Target { get; } = target;

    public ReadOnlySpan<int> Bounds { get; } = bounds;

    public bool Allows(int ordinal)
    {
        for (var i = 0; i < Bounds.Length; i += 2)
        {
            if (ordinal >= Bounds[i] && ordinal < Bounds[i + 1])
            {
                return true;
            }
        }

        return false;
    }
}
