using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using Registry.Tui.Headless.Output;

namespace Registry.Tui.Headless;

/// <summary>What happens to an exception that is no problem of the user's: a report file, three lines, exit 70.</summary>
internal static class CrashReport
{
    public static int Write(Exception exception, ImmutableArray<string> words, Host host, string folder)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"""
            cairn {ProgramVersion.Text}
            at {host.Clock.GetUtcNow():O}
            on {RuntimeInformation.OSDescription} {RuntimeInformation.ProcessArchitecture}, {RuntimeInformation.FrameworkDescription}
            running {Verb(words)}

            {exception}

            """);
        var printer = new Printer(host.Error, Paint.Plain, 80);
        printer.Line($"error: this is a bug in cairn: {exception.GetType().Name}: {exception.Message}");
        printer.Line(TrySave(text, host, folder) is { } path ? $"hint: please report it with the file {path}" : text);
        printer.Flush();
        return ExitCodes.Bug;
    }

    // Only the verb and the names of flags: values may be names or addresses that are nobody else's business.
    private static string Verb(ImmutableArray<string> words)
    {
        var verb = Parsing.WordScan.Of(words).Verb ?? "(no verb)";
        return string.Join(' ', words.Where(word => word.StartsWith('-')).Select(word => word.Split('=')[0]).Prepend(verb));
    }

    private static string? TrySave(string text, Host host, string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"crash-{host.Clock.GetUtcNow():yyyyMMdd-HHmmss-fff}.txt"));
            File.WriteAllText(path, text);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
