using System.Globalization;
using System.IO.Compression;
using Registry.Engine.Model.Advisories;
using Registry.Engine.Security;
using Registry.Testing;

namespace Registry.Engine.Tests.Security;

public sealed class CvssTests
{
    [Theory]
    [InlineData("cvss-2.txt.gz", 729)]
    [InlineData("cvss-3.0.txt.gz", 1500)]
    [InlineData("cvss-3.1.txt.gz", 1500)]
    [InlineData("cvss-4.0.txt.gz", 1058)]
    [InlineData("cvss-4.0-supplemental.txt.gz", 576)]
    [InlineData("cvss-4.0-threat.txt.gz", 6)]
    [InlineData("cvss-4.0-security.txt.gz", 54)]
    public void Every_vector_of_the_published_tests_has_its_score(string file, int count)
    {
        var path = Repository.SharedData($"security/cvss/{file}");
        Assert.SkipWhen(path is null, "the shared data is not beside this checkout");
        using var text = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));

        var (wrong, seen) = (new List<string>(), 0);
        while (text.ReadLine() is { } line)
        {
            var parts = line.Split(" - ");
            var expected = double.Parse(parts[1].TrimStart('(').Split(',')[0].TrimEnd(')'), CultureInfo.InvariantCulture);
            seen++;
            if (Cvss.Score(parts[0]) != expected)
            {
                wrong.Add($"{line}: {Cvss.Score(parts[0])}");
            }
        }

        Assert.Equal([], wrong);
        Assert.Equal(count, seen);
    }

    [Theory]
    [InlineData("")]
    [InlineData("9.8")]
    [InlineData("CVSS:3.1/")]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H")]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:X")]
    [InlineData("CVSS:3.1/AV:N/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H")]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/QQ:H")]
    [InlineData("CVSS:3.2/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H")]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H")]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:S/SA:H")]
    [InlineData("AV:N/AC:L/Au:N/C:P/I:P")]
    public void A_malformed_vector_has_no_score(string vector)
    {
        Assert.Null(Cvss.Score(vector));
        var rating = Cvss.Rate([new(SeverityScheme.CvssV3, vector)]);
        Assert.Equal((Severity.Unknown, null), (rating.Severity, rating.Score));
        Assert.Equal("its CVSS vector is malformed", rating.Note);
    }

    [Theory]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:U/RL:O/RC:C/MAV:P", 9.8)]
    [InlineData("AV:N/AC:L/Au:N/C:C/I:C/A:C/E:POC/RL:OF/RC:C", 10.0)]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/MVC:N/MVI:N/MVA:N", 0.0)]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/MSI:S", 10.0)]
    public void Threat_and_environment_count_only_in_v4(string vector, double score) => Assert.Equal(score, Cvss.Score(vector));

    [Theory]
    [InlineData(0.0, Severity.None)]
    [InlineData(0.1, Severity.Low)]
    [InlineData(3.9, Severity.Low)]
    [InlineData(4.0, Severity.Medium)]
    [InlineData(6.9, Severity.Medium)]
    [InlineData(7.0, Severity.High)]
    [InlineData(8.9, Severity.High)]
    [InlineData(9.0, Severity.Critical)]
    [InlineData(10.0, Severity.Critical)]
    public void Bands_begin_where_the_specification_says(double score, Severity band) => Assert.Equal(band, Cvss.Band(score));

    [Fact]
    public void The_latest_scheme_wins_over_a_higher_score_and_the_highest_within_it()
    {
        var low4 = new SeverityVector(SeverityScheme.CvssV4, "CVSS:4.0/AV:P/AC:H/AT:P/PR:H/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N");
        var high3 = new SeverityVector(SeverityScheme.CvssV3, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H");
        var low3 = new SeverityVector(SeverityScheme.CvssV3, "CVSS:3.0/AV:P/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N");
        var high2 = new SeverityVector(SeverityScheme.CvssV2, "AV:N/AC:L/Au:N/C:C/I:C/A:C");
        var broken4 = new SeverityVector(SeverityScheme.CvssV4, "CVSS:4.0/AV:N");

        Assert.Equal(low4, Cvss.Rate([high2, high3, low4]).Vector);
        Assert.Equal(high3, Cvss.Rate([low3, high2, high3]).Vector);
        Assert.Equal(high2, Cvss.Rate([high2]).Vector);
        Assert.Equal(low3, Cvss.Rate([broken4, low3]).Vector);
        Assert.Equal("its CVSS vector is malformed", Cvss.Rate([high2 with { Scheme = SeverityScheme.CvssV4 }]).Note);
        Assert.Equal(SeverityRating.Unknown, Cvss.Rate(Array.Empty<SeverityVector>()));
    }
}
