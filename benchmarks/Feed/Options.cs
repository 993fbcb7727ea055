namespace Registry.Benchmarks.Feed;

/// <summary>A mode and `--name value` pairs.</summary>
internal sealed class Options
{
    private readonly Dictionary<string, string> _values = [];

    public string Mode { get; private init; } = "";

    public static Options Parse(string[] args)
    {
        var options = new Options { Mode = args.FirstOrDefault() ?? "" };
        for (var i = 1; i + 1 < args.Length; i += 2)
        {
            options._values[args[i].TrimStart('-')] = args[i + 1];
        }

        return options;
    }

    public string? Find(string name) => _values.GetValueOrDefault(name);

    public string Require(string name) => Find(name) ?? throw new ArgumentException($"--{name} is missing");

    public int Number(string name, int otherwise) => Find(name) is { } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : otherwise;
}
