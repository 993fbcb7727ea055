using System.Diagnostics;
using Registry.Tui.Screens;

namespace Registry.Tui.App;

/// <summary>The platform's own way to open a web address. It gets no terminal, and nothing of what it says reaches ours.</summary>
/// <param name="Program">Where it is.</param>
internal sealed record Browser(string Program)
{
    /// <summary>Null where an address would open for nobody: over ssh, without a display, without an opener.</summary>
    public static Browser? Find(Func<string, string?> variable)
    {
        if (variable("SSH_CONNECTION") is { Length: > 0 } || variable("SSH_TTY") is { Length: > 0 })
        {
            return null;
        }

        if (OperatingSystem.IsWindows())
        {
            return new Browser(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.Windows), "explorer.exe"));
        }

        if (OperatingSystem.IsMacOS())
        {
            return new Browser("/usr/bin/open");
        }

        return variable("DISPLAY") is { Length: > 0 } || variable("WAYLAND_DISPLAY") is { Length: > 0 } ? FindIn(variable("PATH") ?? "", "xdg-open") : null;
    }

    /// <summary>Starts it and does not wait for it.</summary>
    /// <param name="address">Checked by <see cref="Links.Checked"/>.</param>
    /// <returns>Whether it could be started.</returns>
    public bool TryOpen(string address)
    {
        try
        {
            var start = new ProcessStartInfo(Program)
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.ArgumentList.Add(address);
            using var process = Process.Start(start);
            process?.StandardInput.Close();
            return process is not null;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException or InvalidOperationException)
        {
            return false;
        }
    }

    private static Browser? FindIn(string path, string program) => path.Split(Path.PathSeparator)
        .Where(Path.IsPathFullyQualified)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists) is { } file ? new Browser(file) : null;
}
