namespace Registry.Engine.Security;

/// <summary>
/// The scores of the macrovectors of CVSS v4.0 as FIRST publishes them with the specification (270 of them), in tenths. A
/// row for EQ1, EQ2 and EQ3; in it EQ4, EQ5 and EQ6 count up, the last the fastest. 0 where there is none.
/// </summary>
internal static class CvssV4Table
{
    private const int RowLength = 18;

    private static ReadOnlySpan<byte> Scores =>
    [
        100, 99, 98, 95, 95, 92, 100, 96, 93, 87, 91, 81, 93, 90, 89, 80, 81, 68, // 000
        98, 95, 95, 92, 90, 84, 93, 92, 89, 81, 81, 65, 88, 80, 78, 70, 69, 48, // 001
        0, 92, 0, 82, 0, 72, 0, 79, 0, 69, 0, 50, 0, 69, 0, 55, 0, 27, // 002
        99, 97, 95, 92, 92, 85, 95, 91, 90, 83, 84, 71, 92, 81, 82, 71, 72, 53, // 010
        95, 93, 92, 85, 85, 73, 92, 82, 80, 72, 70, 59, 84, 70, 71, 52, 50, 30, // 011
        0, 86, 0, 75, 0, 52, 0, 71, 0, 52, 0, 29, 0, 63, 0, 29, 0, 17, // 012
        98, 95, 94, 87, 91, 81, 94, 89, 86, 74, 77, 64, 87, 75, 74, 63, 63, 49, // 100
        94, 89, 88, 77, 76, 67, 86, 76, 74, 58, 59, 50, 72, 57, 57, 52, 52, 25, // 101
        0, 83, 0, 70, 0, 54, 0, 65, 0, 58, 0, 26, 0, 53, 0, 21, 0, 13, // 102
        95, 90, 88, 76, 76, 70, 90, 77, 75, 62, 61, 53, 77, 66, 68, 59, 52, 30, // 110
        89, 78, 76, 67, 62, 58, 74, 59, 57, 57, 47, 23, 61, 52, 57, 29, 24, 16, // 111
        0, 71, 0, 59, 0, 30, 0, 58, 0, 26, 0, 15, 0, 23, 0, 13, 0, 6, // 112
        93, 87, 86, 72, 75, 58, 86, 74, 74, 61, 56, 34, 70, 54, 52, 40, 40, 22, // 200
        85, 75, 74, 55, 62, 51, 72, 57, 55, 41, 46, 19, 53, 36, 34, 19, 19, 8, // 201
        0, 64, 0, 51, 0, 20, 0, 47, 0, 21, 0, 11, 0, 24, 0, 9, 0, 4, // 202
        88, 75, 73, 53, 60, 50, 73, 55, 59, 40, 41, 20, 54, 43, 45, 22, 20, 11, // 210
        75, 55, 58, 45, 40, 21, 61, 51, 48, 18, 20, 9, 46, 18, 17, 7, 8, 2, // 211
        0, 53, 0, 24, 0, 14, 0, 24, 0, 12, 0, 5, 0, 10, 0, 3, 0, 1, // 212
    ];

    /// <summary>In tenths; null when there is no such macrovector.</summary>
    public static int? Score(CvssV4Levels levels)
    {
        if (levels is not { Eq1: <= 2, Eq2: <= 1, Eq3: <= 2, Eq4: <= 2, Eq5: <= 2, Eq6: <= 1 })
        {
            return null;
        }

        var row = (((levels.Eq1 * 2) + levels.Eq2) * 3) + levels.Eq3;
        var score = Scores[(row * RowLength) + (((levels.Eq4 * 3) + levels.Eq5) * 2) + levels.Eq6];
        return score == 0 ? null : score;
    }
}
