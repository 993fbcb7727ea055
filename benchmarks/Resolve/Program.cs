using Registry.Benchmarks.Resolve;

// Solves the roots of a data set in the neutral form `plain/1` and says how it went.
if (Options.Parse(args) is not { } options)
{
    Console.Error.WriteLine(Options.Usage);
    return 2;
}

try
{
    var packages = PlainFile.Read(options.Data);
    var roots = options.Roots is { } path ? Root.Read(path, packages) : Root.Newest(packages);
    var run = new Run(packages, PlainUniverse.Build(packages), options);
    GC.Collect();
    var outcomes = run.Measure(roots);
    if (options.Json)
    {
        Report.Json(Console.Out, options, run, outcomes);
    }
    else
    {
        Report.Text(Console.Out, options, run, outcomes);
    }

    return run.Wrong == 0 ? 0 : 1;
}
catch (Exception problem) when (problem is InvalidDataException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(problem.Message);
    return 2;
}
