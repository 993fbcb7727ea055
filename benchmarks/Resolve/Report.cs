using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Registry.Benchmarks.Resolve;

/// <summary>Prints a run: one JSON line a root and one of totals, or the totals for people.</summary>
internal static class Report
{
    public static void Json(TextWriter output, Options options, Run run, IReadOnlyList<Outcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            output.WriteLine(Line(json => WriteRoot(json, options, outcome)));
        }

        output.WriteLine(Line(json =>
        {
            json.WriteStartObject("total");
            WriteTotals(json, run, outcomes);
            json.WriteEndObject();
        }));
    }

    public static void Text(TextWriter output, Options options, Run run, IReadOnlyList<Outcome> outcomes)
    {
        var times = outcomes.Select(outcome => outcome.Milliseconds).ToArray();
        var failures = outcomes.Where(outcome => !outcome.IsOk && !outcome.Root.IsMissing).ToArray();
        output.WriteLine($"roots {outcomes.Count}, solved {outcomes.Count(outcome => outcome.IsOk)}, failed {outcomes.Count(outcome => !outcome.IsOk)}, wrong {run.Wrong}");
        output.WriteLine($"one pass {Statistics.Quantile(run.PassSeconds, 0.5):F4} s of the processor (least {run.PassSeconds.Min():F4}), a solve p50 {Statistics.Quantile(times, 0.5):F3} ms, p99 {Statistics.Quantile(times, 0.99):F3} ms, max {times.DefaultIfEmpty().Max():F3} ms");
        output.WriteLine($"decisions {outcomes.Sum(outcome => (long)outcome.Decisions)}, conflicts {outcomes.Sum(outcome => (long)outcome.Conflicts)}, allocated {run.AllocatedMegabytes:F1} MB a pass, peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0} MB");
        if (options.Explain && failures.Length > 0)
        {
            var lines = failures.Select(outcome => (double)outcome.TextLines).ToArray();
            output.WriteLine($"explanations: lines p50 {Statistics.Quantile(lines, 0.5)}, p90 {Statistics.Quantile(lines, 0.9)}, max {lines.Max()}; card max {failures.Max(outcome => outcome.CardLines)}");
        }

        if (options.Repairs && failures.Length > 0)
        {
            var firsts = failures.Where(outcome => outcome.Repairs > 0).Select(outcome => outcome.FirstRepairMilliseconds).ToArray();
            output.WriteLine($"repairs: {firsts.Length} of {failures.Length} failures have one, first after p50 {Statistics.Quantile(firsts, 0.5):F2} ms, p99 {Statistics.Quantile(firsts, 0.99):F2} ms, max {firsts.DefaultIfEmpty().Max():F2} ms");
        }
    }

    private static string Line(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void WriteRoot(Utf8JsonWriter json, Options options, Outcome outcome)
    {
        json.WriteString("root", outcome.Root.Name);
        json.WriteString("version", outcome.Root.Version);
        json.WriteBoolean("ok", outcome.IsOk);
        json.WriteNumber("decisions", outcome.Decisions);
        json.WriteNumber("conflicts", outcome.Conflicts);
        json.WriteNumber("packages", outcome.Packages);
        json.WriteNumber("ms", Math.Round(outcome.Milliseconds, 4));
        if (outcome.Root.IsMissing)
        {
            json.WriteBoolean("missing", true);
        }

        if (options.Repairs)
        {
            json.WriteNumber("repairs", outcome.Repairs);
            json.WriteNumber("first_repair_ms", Math.Round(outcome.FirstRepairMilliseconds, 4));
            json.WriteNumber("edits", outcome.Edits);
        }

        if (options.Explain)
        {
            json.WriteNumber("card_lines", outcome.CardLines);
            json.WriteNumber("text_lines", outcome.TextLines);
        }
    }

    private static void WriteTotals(Utf8JsonWriter json, Run run, IReadOnlyList<Outcome> outcomes)
    {
        var times = outcomes.Select(outcome => outcome.Milliseconds).ToArray();
        json.WriteNumber("roots", outcomes.Count);
        json.WriteNumber("ok", outcomes.Count(outcome => outcome.IsOk));
        json.WriteNumber("failed", outcomes.Count(outcome => !outcome.IsOk));
        json.WriteNumber("wrong", run.Wrong);
        json.WriteNumber("cpu_s", Math.Round(Statistics.Quantile(run.PassSeconds, 0.5), 5));
        json.WriteNumber("max_ms", Math.Round(times.DefaultIfEmpty().Max(), 4));
        json.WriteNumber("p50_ms", Math.Round(Statistics.Quantile(times, 0.5), 4));
        json.WriteNumber("p99_ms", Math.Round(Statistics.Quantile(times, 0.99), 4));
        json.WriteNumber("allocated_mb", Math.Round(run.AllocatedMegabytes, 3));
        json.WriteNumber("peak_mb", Math.Round(Process.GetCurrentProcess().PeakWorkingSet64 / 1e6, 1));
    }
}
