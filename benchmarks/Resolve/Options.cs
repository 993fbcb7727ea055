namespace Registry.Benchmarks.Resolve;

/// <summary>What the command line asks for.</summary>
public sealed record Options(string Data, string? Roots, int Repeat, bool Verify, bool Repairs, bool Explain, bool Json)
{
    public const string Usage =
        "usage: Resolve --data FILE.plain.jsonl[.gz] [--roots FILE.tsv[.gz]] [--repeat N] [--verify] [--repairs] [--explain] [--json]";

    /// <summary>Null when the command line makes no sense.</summary>
    public static Options? Parse(string[] args)
    {
        var options = new Options("", null, 1, false, false, false, false);
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : null;
            switch (args[i])
            {
                case "--data" when value is not null:
                    options = options with { Data = value };
                    i++;
                    break;
                case "--roots" when value is not null:
                    options = options with { Roots = value };
                    i++;
                    break;
                case "--repeat" when int.TryParse(value, out var repeat) && repeat > 0:
                    options = options with { Repeat = repeat };
                    i++;
                    break;
                case "--verify":
                    options = options with { Verify = true };
                    break;
                case "--repairs":
                    options = options with { Repairs = true };
                    break;
                case "--explain":
                    options = options with { Explain = true };
                    break;
                case "--json":
                    options = options with { Json = true };
                    break;
                default:
                    return null;
            }
        }

        return options.Data.Length > 0 ? options : null;
    }
}
