namespace Registry.Tui.Tests.Terminal;

/// <summary>How colours look, to most eyes and to those that see fewer of them.</summary>
internal static class ColourVision
{
    // Machado, Oliveira and Fernandes 2009, severity 1, on linear red, green and blue.
    private static readonly Dictionary<string, double[]> lacks = new()
    {
        ["protan"] = [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
        ["deutan"] = [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881],
        ["tritan"] = [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900],
    };

    /// <summary>The contrast ratio of the Web Content Accessibility Guidelines.</summary>
    public static double Contrast(int a, int b)
    {
        double first = Luminance(a), second = Luminance(b);
        return (Math.Max(first, second) + 0.05) / (Math.Min(first, second) + 0.05);
    }

    public static double Luminance(int rgb)
    {
        var linear = Linear(rgb);
        return (0.2126 * linear[0]) + (0.7152 * linear[1]) + (0.0722 * linear[2]);
    }

    /// <summary>The distance of two colours (CIE 1976) to eyes that lack something; about 2.3 can just be noticed side by side.</summary>
    public static double Difference(int a, int b, string vision)
    {
        double[] first = Lab(Seen(a, vision)), second = Lab(Seen(b, vision));
        return Math.Sqrt(first.Zip(second, static (x, y) => (x - y) * (x - y)).Sum());
    }

    private static double[] Seen(int rgb, string vision)
    {
        var linear = Linear(rgb);
        return lacks.TryGetValue(vision, out var m)
            ? [.. Enumerable.Range(0, 3).Select(row => Math.Clamp((m[row * 3] * linear[0]) + (m[(row * 3) + 1] * linear[1]) + (m[(row * 3) + 2] * linear[2]), 0, 1))]
            : linear;
    }

    private static double[] Lab(double[] linear)
    {
        var x = Root(((0.4124 * linear[0]) + (0.3576 * linear[1]) + (0.1805 * linear[2])) / 0.9505);
        var y = Root((0.2126 * linear[0]) + (0.7152 * linear[1]) + (0.0722 * linear[2]));
        var z = Root(((0.0193 * linear[0]) + (0.1192 * linear[1]) + (0.9505 * linear[2])) / 1.089);
        return [(116 * y) - 16, 500 * (x - y), 200 * (y - z)];
    }

    private static double Root(double t) => t > 0.008856 ? Math.Cbrt(t) : (7.787 * t) + (16.0 / 116);

    private static double[] Linear(int rgb) => [Linear8((rgb >> 16) & 255), Linear8((rgb >> 8) & 255), Linear8(rgb & 255)];

    private static double Linear8(int channel)
    {
        var share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }
}
