namespace Registry.Benchmarks.Feed;

internal sealed class NpmFeed(string corpus, string folder)
{
    public void Make() => Console.WriteLine(corpus + folder);
}
