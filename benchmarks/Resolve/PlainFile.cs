using System.IO.Compression;
using System.Text.Json;

namespace Registry.Benchmarks.Resolve;

/// <summary>Reads `plain/1` files: a header line, then one JSON line a package. Gzip or not, told by the first bytes.</summary>
public static class PlainFile
{
    public static List<PlainPackage> Read(string path)
    {
        using var file = File.OpenRead(path);
        using var content = IsGzip(file) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        var packages = new List<PlainPackage>();
        var number = 0;
        foreach (var line in Lines(content))
        {
            number++;
            try
            {
                if (number == 1)
                {
                    RequireHeader(line);
                }
                else if (line.Length > 0)
                {
                    packages.Add(new PackageReader().Read(line.Span));
                }
            }
            catch (Exception problem) when (problem is JsonException or InvalidOperationException or FormatException)
            {
                throw new InvalidDataException($"{path}, line {number}: {problem.Message}", problem);
            }
        }

        if (number == 0)
        {
            throw new InvalidDataException($"{path}: the file is empty");
        }

        CheckTargets(path, packages);
        return packages;
    }

    private static bool IsGzip(FileStream file)
    {
        var isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return isGzip;
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Lines(Stream content)
    {
        var buffer = new byte[1 << 20];
        var (start, end) = (0, 0);
        while (true)
        {
            var length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                yield return buffer.AsMemory(start, length);
                start += length + 1;
                continue;
            }

            if (start > 0)
            {
                buffer.AsSpan(start, end - start).CopyTo(buffer);
                (start, end) = (0, end - start);
            }

            if (end == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            var read = content.Read(buffer, end, buffer.Length - end);
            if (read == 0)
            {
                if (end > start)
                {
                    yield return buffer.AsMemory(start, end - start);
                }

                yield break;
            }

            end += read;
        }
    }

    private static void RequireHeader(ReadOnlyMemory<byte> line)
    {
        using var header = JsonDocument.Parse(line);
        if (header.RootElement.GetProperty("format").GetString() != "plain/1")
        {
            throw new FormatException("the format is not plain/1");
        }
    }

    private static void CheckTargets(string path, List<PlainPackage> packages)
    {
        for (var package = 0; package < packages.Count; package++)
        {
            for (var set = 0; set < packages[package].SetCount; set++)
            {
                foreach (var dependency in packages[package].Dependencies(set))
                {
                    if ((uint)dependency.Target >= (uint)packages.Count)
                    {
                        throw new InvalidDataException($"{path}, line {package + 2}: there is no package {dependency.Target}");
                    }
                }
            }
        }
    }

    /// <summary>One package line; the properties may come in any order and others are skipped.</summary>
    private sealed class PackageReader
    {
        private readonly List<string> versions = [];
        private readonly List<int> numbers = [];
        private readonly List<int> starts = [0];
        private readonly List<int> setOf = [];
        private string name = "";

        public PlainPackage Read(ReadOnlySpan<byte> line)
        {
            var json = new Utf8JsonReader(line);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            {
                throw new FormatException("a package is a JSON object");
            }

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                ReadProperty(ref json);
            }

            if (setOf.Count != versions.Count || setOf.Exists(set => (uint)set >= (uint)(starts.Count - 1)))
            {
                throw new FormatException("`x` does not name one set for each version");
            }

            return new PlainPackage(name, [.. versions], [.. numbers], [.. starts], [.. setOf]);
        }

        private void ReadProperty(ref Utf8JsonReader json)
        {
            if (json.ValueTextEquals("n"u8))
            {
                json.Read();
                name = json.GetString() ?? "";
            }
            else if (json.ValueTextEquals("v"u8))
            {
                for (json.Read(); json.Read() && json.TokenType != JsonTokenType.EndArray;)
                {
                    versions.Add(json.GetString() ?? "");
                }
            }
            else if (json.ValueTextEquals("x"u8))
            {
                for (json.Read(); json.Read() && json.TokenType != JsonTokenType.EndArray;)
                {
                    setOf.Add(json.GetInt32());
                }
            }
            else if (json.ValueTextEquals("s"u8))
            {
                for (json.Read(); json.Read() && json.TokenType != JsonTokenType.EndArray;)
                {
                    ReadSet(ref json);
                }
            }
            else
            {
                json.Read();
                json.Skip();
            }
        }

        private void ReadSet(ref Utf8JsonReader json)
        {
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                json.Read();
                numbers.Add(json.GetInt32());
                var count = numbers.Count;
                numbers.Add(0);
                while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                {
                    numbers.Add(json.GetInt32() is >= 0 and var bound ? bound : throw new FormatException("a bound is negative"));
                }

                numbers[count] = numbers.Count - count - 1;
                if (numbers[count] % 2 != 0)
                {
                    throw new FormatException("bounds do not come in pairs");
                }
            }

            starts.Add(numbers.Count);
        }
    }
}
