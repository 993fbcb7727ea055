using System.Buffers;
using System.Text;

namespace Registry.Tui.Terminal;

/// <summary>
/// Numbers for the addresses that cells lead to; an address keeps its number. Addresses come from packages and advisories:
/// only plain web addresses get one, so nothing else is ever handed to the terminal.
/// </summary>
internal sealed class LinkTable
{
    /// <summary>The highest number, as a cell has 14 bits for it; later addresses are text only.</summary>
    public const int Max = (1 << 14) - 1;

    // Terminals stop at a little more than this.
    private const int MaxLength = 2000;

    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<byte[]> sequences = [];

    /// <summary>The number of an address; 0 for one that is no web address in plain ASCII, or is too long. A known one allocates nothing.</summary>
    public int Intern(string address)
    {
        if (numbers.TryGetValue(address, out var number))
        {
            return number;
        }

        if (sequences.Count >= Max || !IsAddress(address))
        {
            return 0;
        }

        number = sequences.Count + 1;
        // With an id, parts of one link on two rows are one link under the pointer.
        sequences.Add(Encoding.ASCII.GetBytes($"\e]8;id=cairn{number};{address}\e\\"));
        numbers.Add(address, number);
        return number;
    }

    /// <summary>Writes what begins a link, or ends the one before for 0.</summary>
    public void Write(int number, IBufferWriter<byte> output) => output.Write(number == 0 ? "\e]8;;\e\\"u8 : sequences[number - 1]);

    /// <summary>Whether a text is an address that cells may lead to.</summary>
    public static bool IsAddress(string address) =>
        address.Length <= MaxLength
        && (address.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || address.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        && !address.AsSpan().ContainsAnyExceptInRange('!', '~');
}
