using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Tui.Headless.Output;

namespace Registry.Tui.Headless.Verbs;

/// <summary>`cairn info` with a flag that asks what is in the package.</summary>
internal static class ContentsOutput
{
    private static readonly string[] flags = ["--readme", "--files", "--file"];

    public static bool AskedFor(Invocation call) => call.Has("--readme") || call.Has("--files") || call.Text("--file") is not null;

    public static Task<int> RunAsync(Invocation call, PackageName name, SemanticVersion? version, CancellationToken cancellation)
    {
        var file = call.Text("--file");
        if (new[] { call.Has("--readme"), call.Has("--files"), file is not null }.Count(asked => asked) > 1)
        {
            throw new Problem(ProblemCode.UsageInvalid, $"{string.Join(", ", flags)} exclude each other", "give one of them").Raise();
        }

        var request = new ContentsRequest(call.Session.Globals.Folder, name, version, call.Text("--registry")) { File = file };
        return call.Session.AnswerAsync(
            call.Session.Client.Contents(request), (printer, report) => Print(call, printer, report),
            report => call.Has("--readme") && report.Readme is null ? ExitCodes.No : ExitCodes.Done, cancellation);
    }

    private static void Print(Invocation call, Printer printer, ContentsReport report)
    {
        if (call.Has("--files"))
        {
            PrintFiles(printer, report, call.Session.Clipping);
        }
        else if ((call.Has("--readme") ? report.Readme : report.File) is { } text)
        {
            PrintText(printer, text);
        }
        else
        {
            printer.Line($"{report.Package} has no README");
        }
    }

    private static void PrintFiles(Printer printer, ContentsReport report, Clipping clipping)
    {
        var table = new Table("size", "mode", "file");
        foreach (var file in report.Files)
        {
            table.Add(ChangeText.Bytes(file.Bytes), file.IsExecutable ? "program" : "file", Printable.Of(file.Path));
        }

        table.Print(printer, clipping);
        printer.Line($"{report.Files.Length} files, {ChangeText.Bytes(report.Bytes)}{(report.ArchiveBytes is { } bytes ? $", {ChangeText.Bytes(bytes)} to fetch" : "")}");
    }

    private static void PrintText(Printer printer, PackageText text)
    {
        if (text.Form == PackageTextForm.Binary)
        {
            printer.Line($"{Printable.Of(text.Path)} is not text ({ChangeText.Bytes(text.Bytes)})");
            return;
        }

        foreach (var line in text.Text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            printer.Line(Printable.Of(line.Replace("\t", "    ", StringComparison.Ordinal)));
        }

        if (text.Form == PackageTextForm.Beginning)
        {
            printer.Line(printer.Paint.Dim($"the first {ChangeText.Bytes(PackageText.BytesMax)} of {ChangeText.Bytes(text.Bytes)}"));
        }
    }
}
