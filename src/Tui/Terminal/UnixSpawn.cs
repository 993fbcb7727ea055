using System.Runtime.InteropServices;
using System.Text;

namespace Registry.Tui.Terminal;

/// <summary>
/// Starts a shell in a process group of its own, which the runtime's Process cannot do. Only two descriptors go in: its
/// input and its output.
/// </summary>
internal static unsafe partial class UnixSpawn
{
    private const short SetGroup = 2;
    private const int OpaqueSize = 1024;

    /// <summary>True when the shell was started; it runs <paramref name="script"/> with a plain PATH and nothing else in its environment.</summary>
    public static bool TryShell(string script, int input, int output)
    {
        var attributes = stackalloc byte[OpaqueSize];
        var actions = stackalloc byte[OpaqueSize];
        if (InitAttributes(attributes) != 0 || InitActions(actions) != 0)
        {
            return false;
        }

        var started = SetFlags(attributes, SetGroup) == 0
            && SetProcessGroup(attributes, 0) == 0
            && AddDuplicate(actions, input, 0) == 0
            && AddDuplicate(actions, output, 1) == 0
            && Start(actions, attributes, script);
        _ = DestroyActions(actions);
        _ = DestroyAttributes(attributes);
        return started;
    }

    private static bool Start(byte* actions, byte* attributes, string script)
    {
        fixed (byte* path = "/bin/sh\0"u8, option = "-c\0"u8, search = "PATH=/usr/bin:/bin\0"u8, text = Encoding.UTF8.GetBytes(script + '\0'))
        {
            var arguments = stackalloc byte*[] { path, option, text, null };
            var environment = stackalloc byte*[] { search, null };
            int process;
            return Spawn(&process, path, actions, attributes, arguments, environment) == 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_spawn")]
    private static partial int Spawn(int* process, byte* path, byte* actions, byte* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    private static partial int InitAttributes(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    private static partial int DestroyAttributes(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    private static partial int SetFlags(byte* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setpgroup")]
    private static partial int SetProcessGroup(byte* attributes, int group);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int InitActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static partial int DestroyActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    private static partial int AddDuplicate(byte* actions, int from, int to);
}
