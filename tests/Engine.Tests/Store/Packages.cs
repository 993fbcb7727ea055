using System.Text;
using Registry.Engine.Formats.Archives;
using Registry.Engine.Model;

namespace Registry.Engine.Tests.Store;

/// <summary>Archives in memory for tests.</summary>
internal static class Packages
{
    public static (byte[] Archive, ArchiveReference Reference) Make(string top, params (string Path, string Content)[] files)
    {
        var output = new MemoryStream();
        var inputs = files.Select(file => ArchiveInput.FromBytes(file.Path, Encoding.UTF8.GetBytes(file.Content)));
        var written = ArchiveWriter.Write(output, top, inputs, ArchiveRules.Install);
        return (output.ToArray(), written.Reference);
    }
}
