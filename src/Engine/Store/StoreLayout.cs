using System.Collections.Concurrent;
using Registry.Engine.Problems;

namespace Registry.Engine.Store;

/// <summary>
/// Where things are in the store, and the two moves that make it safe for several processes: a tree comes into being
/// by one rename from `tmp`, and goes by one rename into `tmp`.
/// </summary>
internal sealed class StoreLayout(string folder)
{
    public const string IndexName = "index";
    public const string FilesName = "files";

    private static readonly string[] Schemes = ["sha256", "tree"];
    private readonly ConcurrentDictionary<string, bool> _checked = new(StringComparer.Ordinal);
    private int _temporaries;
    private volatile bool _hasTemporary;

    public string Root { get; } = Path.GetFullPath(folder);

    public string Temporary => Path.Combine(Root, "tmp");

    public string Projects => Path.Combine(Root, "projects");

    public string Counters => Path.Combine(Root, "counters");

    public string LockFile => Path.Combine(Root, "lock");

    /// <summary>`trees/SCHEME/ab/abcdef…`.</summary>
    public string TreeFolder(StoreKey key) => Path.Combine(PrefixFolder(key), key.Hex);

    /// <summary>
    /// The folder of a tree when it is there as a folder at the end of folders. The store's own folder may be a
    /// symbolic link, that is the user's choice; anything below it that is one was put there to lead us elsewhere.
    /// </summary>
    /// <exception cref="ProblemException">StoreUnsafe.</exception>
    public string? FindTree(StoreKey key)
    {
        var prefix = PrefixFolder(key);
        CheckPrefix(prefix);
        var path = Path.Combine(prefix, key.Hex);
        return IsFolder(path) ? path : null;
    }

    public bool HasTree(StoreKey key) => Directory.Exists(TreeFolder(key));

    public IEnumerable<StoreKey> AllTrees()
    {
        foreach (var scheme in Schemes)
        {
            var top = Path.Combine(Root, "trees", scheme);
            var trees = Directory.Exists(top) ? Directory.EnumerateDirectories(top).SelectMany(Directory.EnumerateDirectories) : [];
            foreach (var tree in trees)
            {
                if (StoreKey.TryParse($"{scheme}:{Path.GetFileName(tree)}", out var key))
                {
                    yield return key;
                }
            }
        }
    }

    /// <summary>A new empty folder in `tmp` that no other process has.</summary>
    public string MakeTemporary()
    {
        if (!_hasTemporary)
        {
            IsFolder(Temporary);
            Directory.CreateDirectory(Temporary);
            _hasTemporary = true;
        }

        while (true)
        {
            var path = Path.Combine(Temporary, $"{Environment.ProcessId}-{Interlocked.Increment(ref _temporaries)}");
            if (TryMakeFolder(path))
            {
                return path;
            }
        }
    }

    /// <summary>Makes a finished folder of `tmp` the tree of a key.</summary>
    /// <returns>False when there is one already: someone else was faster.</returns>
    public bool TryCommit(string temporary, StoreKey key)
    {
        var prefix = PrefixFolder(key);
        CheckPrefix(prefix);
        Directory.CreateDirectory(prefix);
        var target = Path.Combine(prefix, key.Hex);
        IsFolder(target);
        try
        {
            Directory.Move(temporary, target);
            return true;
        }
        catch (IOException) when (Path.Exists(target))
        {
            return false;
        }
    }

    /// <summary>Takes a tree out of sight at once and then deletes it. Nothing happens when it is gone or may not be changed.</summary>
    public void Discard(StoreKey key)
    {
        try
        {
            var grave = MakeTemporary();
            Directory.Move(TreeFolder(key), Path.Combine(grave, "tree"));
            Delete(grave);
        }
        catch (Exception failure) when (DiskProblem.IsDisk(failure) || failure is ProblemException)
        {
            // A store that may only be read keeps its damaged tree; it is still reported as absent.
        }
    }

    /// <summary>Deletes a folder of `tmp`; what cannot be deleted now is for the next collection.</summary>
    public static void Delete(string temporary)
    {
        try
        {
            Writable(temporary);
            Directory.Delete(temporary, recursive: true);
        }
        catch (Exception failure) when (DiskProblem.IsDisk(failure))
        {
        }
    }

    /// <summary>Windows does not delete read-only files, and nobody deletes from read-only folders.</summary>
    private static void Writable(string folder)
    {
        var all = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        if (OperatingSystem.IsWindows())
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*", all))
            {
                File.SetAttributes(file, FileAttributes.Normal);
            }
        }
    }

    private string PrefixFolder(StoreKey key) => Path.Combine(Root, "trees", key.Scheme, key.Hex[..2]);

    /// <summary>`trees`, the scheme below it and the two digits below that, looked at once for as long as we run.</summary>
    private void CheckPrefix(string prefix)
    {
        if (_checked.ContainsKey(prefix))
        {
            return;
        }

        var scheme = Path.GetDirectoryName(prefix)!;
        if (IsFolder(Path.GetDirectoryName(scheme)!) && IsFolder(scheme) && IsFolder(prefix))
        {
            _checked[prefix] = true;
        }
    }

    /// <exception cref="ProblemException">StoreUnsafe for a symbolic link.</exception>
    private static bool IsFolder(string path)
    {
        switch (PathLook.Look(path))
        {
            case PathState.Folder:
                return true;
            case PathState.Link:
                throw new Problem(
                    ProblemCode.StoreUnsafe, $"`{path}` is a symbolic link, not a folder of the store",
                    $"find out who made it, then remove it: `rm {path}`").Raise();
            default:
                return false;
        }
    }

    private static bool TryMakeFolder(string path)
    {
        if (LinuxCalls.AreUsable)
        {
            return LinuxCalls.MakeFolder(path, 0x1ED) == 0
                || (System.Runtime.InteropServices.Marshal.GetLastPInvokeError() == LinuxCalls.Exists ? false : throw DiskProblem.OfLastCall(path));
        }

        if (Path.Exists(path))
        {
            return false;
        }

        Directory.CreateDirectory(path);
        return true;
    }
}
