using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ArmCrc32 = System.Runtime.Intrinsics.Arm.Crc32;

namespace Registry.Engine.Formats.Archives;

/// <summary>
/// The checksum of gzip (reflected polynomial EDB88320). Finds every change of up to 32 bits in a row; says nothing
/// about intent, that is for hashes. Uses the processor's own instructions where there are any: about 10 GB/s.
/// </summary>
public static class Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private const int FoldedBlock = 64;

    // Remainders of powers of x modulo the polynomial, as folding by carry-less multiplication needs them.
    private static readonly Vector128<ulong> FoldBy4 = Vector128.Create(0x0154442bd4UL, 0x01c6e41596UL);
    private static readonly Vector128<ulong> FoldBy1 = Vector128.Create(0x01751997d0UL, 0x00ccaa009eUL);
    private static readonly Vector128<ulong> FoldTo64 = Vector128.Create(0x0163cd6124UL, 0UL);
    private static readonly Vector128<ulong> Reduce = Vector128.Create(0x01db710641UL, 0x01f7011641UL);
    private static readonly Vector128<ulong> LowHalves = Vector128.Create(0xFFFFFFFFUL, 0xFFFFFFFFUL);

    private static readonly uint[] Tables = MakeTables();

    public static uint Of(ReadOnlySpan<byte> content) => Append(0, content);

    /// <summary>The checksum of what gave <paramref name="checksum"/> followed by more; start with 0.</summary>
    public static uint Append(uint checksum, ReadOnlySpan<byte> content)
    {
        var state = ~checksum;
        if (Pclmulqdq.IsSupported && content.Length >= FoldedBlock)
        {
            var folded = content.Length & ~15;
            state = Fold(state, MemoryMarshal.Cast<byte, Vector128<ulong>>(content[..folded]));
            content = content[folded..];
        }

        return ~(ArmCrc32.Arm64.IsSupported ? ByInstruction(state, content) : ByTables(state, content));
    }

    /// <summary>Without special instructions; for comparison and for processors that have none.</summary>
    internal static uint Portable(ReadOnlySpan<byte> content) => ~ByTables(~0u, content);

    private static uint Fold(uint state, ReadOnlySpan<Vector128<ulong>> blocks)
    {
        var a = blocks[0] ^ Vector128.CreateScalar((ulong)state);
        var b = blocks[1];
        var c = blocks[2];
        var d = blocks[3];
        var next = 4;
        for (; next + 4 <= blocks.Length; next += 4)
        {
            a = Step(a, FoldBy4) ^ blocks[next];
            b = Step(b, FoldBy4) ^ blocks[next + 1];
            c = Step(c, FoldBy4) ^ blocks[next + 2];
            d = Step(d, FoldBy4) ^ blocks[next + 3];
        }

        a = Step(a, FoldBy1) ^ b;
        a = Step(a, FoldBy1) ^ c;
        a = Step(a, FoldBy1) ^ d;
        for (; next < blocks.Length; next++)
        {
            a = Step(a, FoldBy1) ^ blocks[next];
        }

        return ReduceTo32(a);
    }

    private static Vector128<ulong> Step(Vector128<ulong> value, Vector128<ulong> by) =>
        Pclmulqdq.CarrylessMultiply(value, by, 0x00) ^ Pclmulqdq.CarrylessMultiply(value, by, 0x11);

    private static uint ReduceTo32(Vector128<ulong> value)
    {
        value = Sse2.ShiftRightLogical128BitLane(value, 8) ^ Pclmulqdq.CarrylessMultiply(value, FoldBy1, 0x10);
        value = Sse2.ShiftRightLogical128BitLane(value, 4) ^ Pclmulqdq.CarrylessMultiply(value & LowHalves, FoldTo64, 0x00);
        var quotient = Pclmulqdq.CarrylessMultiply(value & LowHalves, Reduce, 0x10) & LowHalves;
        return (value ^ Pclmulqdq.CarrylessMultiply(quotient, Reduce, 0x00)).AsUInt32().GetElement(1);
    }

    private static uint ByInstruction(uint state, ReadOnlySpan<byte> content)
    {
        for (; content.Length >= 8; content = content[8..])
        {
            state = ArmCrc32.Arm64.ComputeCrc32(state, BinaryPrimitives.ReadUInt64LittleEndian(content));
        }

        foreach (var value in content)
        {
            state = ArmCrc32.ComputeCrc32(state, value);
        }

        return state;
    }

    private static uint ByTables(uint state, ReadOnlySpan<byte> content)
    {
        var tables = Tables;
        for (; content.Length >= 8; content = content[8..])
        {
            var low = state ^ BinaryPrimitives.ReadUInt32LittleEndian(content);
            var high = BinaryPrimitives.ReadUInt32LittleEndian(content[4..]);
            state = tables[0x700 + (low & 0xFF)] ^ tables[0x600 + (low >> 8 & 0xFF)]
                ^ tables[0x500 + (low >> 16 & 0xFF)] ^ tables[0x400 + (low >> 24)]
                ^ tables[0x300 + (high & 0xFF)] ^ tables[0x200 + (high >> 8 & 0xFF)]
                ^ tables[0x100 + (high >> 16 & 0xFF)] ^ tables[high >> 24];
        }

        foreach (var value in content)
        {
            state = tables[(state ^ value) & 0xFF] ^ state >> 8;
        }

        return state;
    }

    private static uint[] MakeTables()
    {
        var tables = new uint[8 * 256];
        for (var i = 0u; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? Polynomial ^ value >> 1 : value >> 1;
            }

            tables[i] = value;
        }

        for (var i = 256; i < tables.Length; i++)
        {
            tables[i] = tables[tables[i - 256] & 0xFF] ^ tables[i - 256] >> 8;
        }

        return tables;
    }
}
