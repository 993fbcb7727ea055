using System.Runtime.InteropServices;

namespace Registry.Engine.Store;

/// <summary>
/// System calls relative to an open folder: half the cost of the framework's file classes, and a folder that is open
/// cannot be exchanged for a symbolic link meanwhile. Constants are those of Linux on x64 and arm64.
/// </summary>
internal static unsafe partial class LinuxCalls
{
    public const int CurrentFolder = -100;
    public const int WriteOnly = 1;
    public const int Create = 0x40;
    public const int Exclusive = 0x80;
    public const int CloseOnExec = 0x80000;
    public const int SymlinkNoFollow = 0x100;
    public const int EmptyPath = 0x1000;

    public const int NotFound = 2;
    public const int Exists = 17;
    public const int TooManyLinks = 31;
    public const int OtherDevice = 18;
    public const int NotPermitted = 1;
    public const int NotSupported = 95;
    public const int NotImplemented = 38;
    public const int Interrupted = 4;
    public const int NotEmpty = 39;

    private const uint StatTypeModeModifiedSize = 0x1 | 0x2 | 0x40 | 0x200;

    public static bool AreUsable { get; } = OperatingSystem.IsLinux()
        && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    /// <summary>A folder, and not a symbolic link to one.</summary>
    public static int OnlyFolder => CloseOnExec | (IsArm ? 0x4000 | 0x8000 : 0x10000 | 0x20000);

    /// <summary>Fails on a symbolic link.</summary>
    public static int NoFollow => CloseOnExec | (IsArm ? 0x8000 : 0x20000);

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    public static partial int OpenAt(int folder, byte* path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int OpenAt(int folder, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int file, byte* content, nint count);

    [LibraryImport("libc", EntryPoint = "mkdirat", SetLastError = true)]
    public static partial int MakeFolderAt(int folder, byte* path, uint mode);

    [LibraryImport("libc", EntryPoint = "mkdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MakeFolder(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "linkat", SetLastError = true)]
    public static partial int LinkAt(int fromFolder, byte* from, int toFolder, byte* to, int flags);

    /// <summary>Type, mode, size and time of change; `statx` has the same layout on every processor.</summary>
    public static int Stat(int folder, byte* path, int flags, out FileStat stat)
    {
        fixed (FileStat* target = &stat)
        {
            return StatAt(folder, path, flags, StatTypeModeModifiedSize, target);
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static partial int StatAt(int folder, byte* path, int flags, uint mask, FileStat* stat);

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    public struct FileStat
    {
        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(40)]
        public ulong Size;

        [FieldOffset(112)]
        public long ModifiedSeconds;

        [FieldOffset(120)]
        public uint ModifiedNanoseconds;

        public readonly bool IsRegular => (Mode & 0xF000) == 0x8000;

        public readonly bool IsFolder => (Mode & 0xF000) == 0x4000;

        public readonly bool IsLink => (Mode & 0xF000) == 0xA000;

        public readonly bool IsOwnerExecutable => (Mode & 0x40) != 0;

        public readonly long Modified => ModifiedSeconds * 1_000_000_000 + ModifiedNanoseconds;
    }
}
