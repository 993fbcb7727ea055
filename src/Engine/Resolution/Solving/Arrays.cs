using System.Runtime.CompilerServices;

namespace Registry.Engine.Resolution.Solving;

internal static class Arrays
{
    /// <summary>Makes room for <paramref name="length"/> elements, doubling.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fit<T>(ref T[] array, int length)
    {
        if (length > array.Length)
        {
            Grow(ref array, length);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Grow<T>(ref T[] array, int length) => Array.Resize(ref array, Math.Max(length, array.Length * 2));
}
