namespace Registry.Tui.Terminal;

/// <summary>
/// What is asked of the terminal after the first frame, all at once, and what is known from its answers so far. Nothing
/// waits for them: a terminal that never answers is used as the environment describes it.
/// </summary>
/// <param name="window">How long answers may take; bytes that come later are taken for keys again where they could be either.</param>
internal sealed class Interview(TimeProvider clock, TimeSpan window)
{
    /// <summary>How long answers are waited for on leaving, so that they do not end up in the shell.</summary>
    public static readonly TimeSpan FarewellTime = TimeSpan.FromMilliseconds(50);

    // The second row: an answer about the first would look like F3 with a modifier.
    private const int ProbeRow = 1;

    private bool isAsked;
    private bool isAnswered;
    private long askedAt;
    private int places;

    /// <summary>Questions will be asked: until they are answered, nothing is known.</summary>
    public required bool IsPlanned { get; init; }

    /// <summary>The colour of the ground, 0xRRGGBB; null when the terminal does not say.</summary>
    public int? Ground { get; private set; }

    /// <summary>The user's scheme has changed since: what <see cref="Ground"/> said is old.</summary>
    public bool? IsLight { get; private set; }

    public bool OffersKeyboardProtocol { get; private set; }

    /// <summary>Lines take two columns here, as in old East Asian set-ups: only ASCII keeps its place.</summary>
    public bool HasWideLines { get; private set; }

    /// <summary>Pictures do not take two columns here.</summary>
    public bool HasOddPictures { get; private set; }

    /// <summary>The last question was answered: there is nothing more to wait for.</summary>
    public bool IsOver => isAnswered || !IsPlanned;

    /// <summary>Bytes that look like the middle of an answer are one.</summary>
    public bool ExpectsReplies => isAsked && !isAnswered && clock.GetElapsedTime(askedAt) < window;

    /// <summary>
    /// The questions. The two signs whose width is asked for are written where the frame's second row is: write that row
    /// anew right behind. Ends with the question that every terminal answers.
    /// </summary>
    public static ReadOnlySpan<byte> Signs => "\e[2;1H─\e[6n\e[2;1H📦\e[6n"u8;

    public static ReadOnlySpan<byte> Questions => "\e]11;?\e\\\e[?2026$p\e[?2027$p\e[?2031$p\e[?u\e[c"u8;

    /// <summary>The questions were written.</summary>
    public void Asked()
    {
        (isAsked, askedAt) = (true, clock.GetTimestamp());
    }

    /// <summary>When the answers' time is up: what did not come will not. True the first time.</summary>
    public bool GivesUp()
    {
        var isUp = isAsked && !isAnswered && !ExpectsReplies;
        isAnswered |= isUp;
        return isUp;
    }

    /// <summary>Takes an answer; true when it changes how things look.</summary>
    public bool Take(TerminalReply reply)
    {
        switch (reply)
        {
            case TerminalReply.Ground ground:
                (Ground, IsLight) = (ground.Rgb, null);
                return true;
            case TerminalReply.Scheme scheme:
                IsLight = scheme.IsLight;
                return true;
            case TerminalReply.KeyboardProtocol:
                OffersKeyboardProtocol = isAsked;
                return false;
            case TerminalReply.CursorAt { Y: ProbeRow } place:
                return TakePlace(place.X);
            case TerminalReply.Attributes:
                var first = !isAnswered;
                isAnswered |= isAsked;
                return first;
            default:
                return false;
        }
    }

    private bool TakePlace(int x)
    {
        places++;
        HasWideLines |= places == 1 && x == 2;
        HasOddPictures |= places == 2 && x != 2;
        return places <= 2 && (HasWideLines || HasOddPictures);
    }
}
