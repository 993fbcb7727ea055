using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Registry.Engine.Operations;

namespace Registry.Engine.Tests.Operations;

public sealed class SecretScanTests
{
    [Theory]
    [InlineData("id = AKIAQYLPMN5HFIQR7XYA", "an AWS access key id")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----", "a private key")]
    [InlineData("t: ghp_16C7e42F292c6912E7710c838347Ae178B4a", "a GitHub token")]
    [InlineData("x = \"xoxb-2384239-3242342394-aabbcc\"", "a Slack token")]
    [InlineData("url = https://joe:hunter22@db.internal/x", "an address with a password")]
    [InlineData("db_password = \"k3Zp9QxW7vLm2\"", "a value like a key")]
    [InlineData("  \"apiKey\": \"9f8a7b6c5d4e3f2a1b0c\",", "a value like a key")]
    [InlineData("export STRIPE_SECRET_KEY='q8Zx0Wm3Vr5Tn7Lk'", "a value like a key")]
    public void What_looks_like_a_secret_is_found(string line, string what)
    {
        var flags = SecretScan.Find(Encoding.UTF8.GetBytes($"first line\n{line}\nlast line\n"));

        Assert.Contains(flags, flag => flag.What == what && flag.Line == 2);
    }

    [Theory]
    [InlineData("token = parse_token(input, 12)")]
    [InlineData("secret: true")]
    [InlineData("password = os.environ[\"PASSWORD_1\"]")]
    [InlineData("int token_count = 1234567890123;")]
    [InlineData("# the token of https://example.org/tokens is used here")]
    [InlineData("-----BEGIN PUBLIC KEY-----")]
    public void Plain_code_is_not(string line) => Assert.Empty(SecretScan.Find(Encoding.UTF8.GetBytes(line)));

    [Theory]
    [InlineData("API_KEY=your-key-here-123456")]
    [InlineData("API_KEY=xxxx-example-xxxx-1")]
    [InlineData("API_KEY=<insert 123 here>")]
    public void A_value_that_says_it_is_an_example_does_not_flag_a_file(string line) => Assert.DoesNotContain(
        FileInspection.Flags("src/notes.txt", line.Length, Encoding.UTF8.GetBytes(line)), flag => flag.Kind == FileFlagKind.Secret);

    [Fact]
    public void A_file_for_secrets_is_flagged_by_its_name_and_shown_masked()
    {
        var flags = FileInspection.Flags("deploy/.env.sample", 40, "# local\nAPI_KEY=xxxx-example-xxxx\nMODE=dev\n"u8);

        Assert.Equal("files of this name usually hold secrets", flags[0].What);
        Assert.Contains(flags, flag => flag is { Line: 2, Excerpt: "API_KEY=xxxx********", IsExample: true });
        Assert.Contains(flags, flag => flag is { Line: 3, Excerpt: "MODE=********" });
    }

    [Theory]
    [InlineData("tool.exe", FileFlagKind.Generated)]
    [InlineData("node_modules/x/index.js", FileFlagKind.Generated)]
    [InlineData("server.pem", FileFlagKind.SecretName)]
    public void Names_flag_files(string path, FileFlagKind kind) => Assert.Contains(FileInspection.Flags(path, 3, "abc"u8), flag => flag.Kind == kind);

    [Fact]
    public void Sizes_and_bytes_flag_files()
    {
        Assert.Contains(FileInspection.Flags("data.csv", FileInspection.BigFrom, "a,b"u8), flag => flag.Kind == FileFlagKind.Big);
        Assert.Contains(FileInspection.Flags("data.bin", 3, "a\0b"u8), flag => flag.Kind == FileFlagKind.Binary);
        Assert.Empty(FileInspection.Flags("logo.png", 3, "a\0b"u8));
    }

    /// <summary>Whatever the secret and wherever it stands, five characters of it in a row are never shown.</summary>
    [Fact]
    public void Never_more_than_a_few_characters_of_a_secret_are_shown()
    {
        var letters = Gen.Elements("abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ0123456789+/_-".ToCharArray());
        var secrets = Gen.Choose(12, 80).SelectMany(length => Gen.ArrayOf(letters, length)).Select(chars => $"qW{new string(chars)}");
        var places = Gen.Elements(
            "api_key={0}", "\"token\": \"{0}\",", "x {0} y", "ghp_{0}", "password := '{0}'", "https://joe:{0}@host/", "AKIA{0}", "{0}_secret={0}", "eyJ{0}.eyJ{0}.{0}", "SECRET_{0}: {0}");
        Law.Holds(
            secrets.SelectMany(secret => places.Select(place => (secret, place))),
            pair =>
            {
                var (secret, place) = pair;
                var text = Encoding.UTF8.GetBytes("before\n" + place.Replace("{0}", secret, StringComparison.Ordinal) + "\nafter\n");
                foreach (var flag in SecretScan.Find(text).AddRange(SecretScan.Settings(text)))
                {
                    for (var i = 0; i + SecretMask.ShownMax < secret.Length; i++)
                    {
                        Assert.DoesNotContain(secret.Substring(i, SecretMask.ShownMax + 1), flag.Excerpt, StringComparison.Ordinal);
                    }
                }
            });
    }

    [Fact]
    public void Time_grows_with_the_text_only()
    {
        // Each of these made a naive pattern try again at every place.
        foreach (var unit in new[] { "a", "token", "eyJa.", "http://a:", "-----BEGIN ", "secret_", "AKIA" })
        {
            var text = new StringBuilder();
            while (text.Length < 1 << 20)
            {
                text.Append(unit);
            }

            Assert.InRange(SecretScan.Find(Encoding.UTF8.GetBytes(text.ToString())).Length, 0, SecretScan.FindingsMax);
        }
    }
}
