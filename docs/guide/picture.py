#!/usr/bin/env python3
"""Draws the pictures of this folder from real frames: runs the program in a pseudo-terminal, keeps the cells that it writes,
and turns them into SVG.

    docs/guide/picture.py [--program "dotnet PATH/cairn.dll"] [--out docs/guide]

The same frames give the same bytes. Only the standard library.
"""
import argparse, fcntl, os, pty, re, select, shlex, struct, sys, tempfile, termios, time, unicodedata
from xml.sax.saxutils import escape

# name, columns, rows, arguments, then what to wait for and the keys to press after it
PICTURES = [
    ("conflict", 116, 34, ["demo", "conflict", "--to", "gauge-server"], [("cannot be solved", "f"), ("that work", "")]),
    ("project", 116, 30, ["demo", "outdated", "--to", "outdated"], [("3 advisories", "j"), ("stats 1.0.0", "")]),
]
TEXT, GROUND = "#D4D7DB", "#1E1E1E"
CELL_WIDTH, CELL_HEIGHT, MARGIN, BAR = 8.4, 18, 14, 30
ANSWERS = {b"\x1b]11;?": b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\", b"\x1b[c": b"\x1b[?62c"}
END_OF_FRAME = b"\x1b[?2026l"
PIECE = re.compile(r"\x1b\]([^\x07\x1b]*)(?:\x07|\x1b\\)|\x1b\[([0-9;?<>=$]*)([@-~])|([^\x1b])", re.S)


class Cells:
    """A grid that takes what the program's presenter writes."""

    def __init__(self, columns, rows):
        self.columns, self.rows = columns, rows
        self.x = self.y = 0
        self.style = ()
        self.clear()

    def clear(self):
        self.grid = [[(" ", ())] * self.columns for _ in range(self.rows)]

    def feed(self, text):
        for _, numbers, final, letter in PIECE.findall(text):
            if letter:
                self.put(letter)
            elif final == "H":
                self.y, self.x = (int(number) - 1 for number in numbers.split(";"))
            elif final == "m":
                self.style = tuple(int(number) for number in numbers.split(";"))
            elif final == "J":
                self.clear()

    def put(self, letter):
        if letter < " " or not (self.x < self.columns and self.y < self.rows):
            return
        if unicodedata.combining(letter):
            return
        width = 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        self.grid[self.y][self.x] = (letter, self.style)
        if width == 2 and self.x + 1 < self.columns:
            self.grid[self.y][self.x + 1] = ("", self.style)
        self.x += width

    def shorten(self, home):
        """The scratch folder has another name each time: it is the home here."""
        for row in self.grid:
            at = "".join(letter or " " for letter, _ in row).find(home)
            if at >= 0:
                row[at:at + len(home)] = [("~", row[at][1])]
                row += [(" ", ())] * (len(home) - 1)

    def text(self):
        return "\n".join("".join(letter for letter, _ in row) for row in self.grid)


def look(style):
    """Text colour, ground colour, weight and underline of a style's numbers."""
    text, ground, bold, underline, reverse, faint = TEXT, None, False, False, False, False
    numbers = list(style)
    while numbers:
        number = numbers.pop(0)
        if number in (38, 48) and numbers[:1] == [2]:
            colour = "#%02X%02X%02X" % tuple(numbers[1:4])
            del numbers[:4]
            text, ground = (colour, ground) if number == 38 else (text, colour)
        bold |= number == 1
        faint |= number == 2
        underline |= number == 4
        reverse |= number == 7
    if reverse:
        text, ground = ground or GROUND, text
    return text, ground, bold, underline, faint


def svg(cells, title):
    width, height = cells.columns * CELL_WIDTH + 2 * MARGIN, cells.rows * CELL_HEIGHT + 2 * MARGIN + BAR
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.1f} {height}" width="{width:.0f}" height="{height}" role="img" aria-label="{escape(title)}">',
           f'<rect width="100%" height="100%" rx="10" fill="{GROUND}"/>',
           *(f'<circle cx="{20 + 18 * i}" cy="{BAR - 12}" r="5.5" fill="#4A4F57"/>' for i in range(3)),
           '<g font-family="ui-monospace, \'Cascadia Mono\', Menlo, Consolas, \'DejaVu Sans Mono\', monospace" font-size="14" xml:space="preserve">']
    for y, row in enumerate(cells.grid):
        out += line(row, BAR + MARGIN + y * CELL_HEIGHT)
    return "\n".join(out + ["</g>", "</svg>", ""])


def line(row, top):
    x = 0
    while x < len(row):
        end = x + 1
        while end < len(row) and row[end][1] == row[x][1]:
            end += 1
        yield from run("".join(letter for letter, _ in row[x:end]), x, end, look(row[x][1]), top)
        x = end


def run(text, start, end, style, top):
    colour, ground, bold, underline, faint = style
    left, width = MARGIN + start * CELL_WIDTH, (end - start) * CELL_WIDTH
    if ground:
        yield f'<rect x="{left:.1f}" y="{top}" width="{width:.1f}" height="{CELL_HEIGHT}" fill="{ground}"/>'
    # Lines as shapes: the glyphs of fonts leave gaps between rows.
    for rule in re.finditer("─+|│", text):
        at, columns = left + rule.start() * CELL_WIDTH, rule.end() - rule.start()
        yield (f'<rect x="{at + CELL_WIDTH / 2:.1f}" y="{top}" width="1" height="{CELL_HEIGHT}" fill="{colour}"/>' if rule[0] == "│"
               else f'<rect x="{at:.1f}" y="{top + CELL_HEIGHT // 2}" width="{columns * CELL_WIDTH:.1f}" height="1" fill="{colour}"/>')
    text = re.sub("[─│]", " ", text)
    # Words apart, so that a font of another width moves each a little and not the end of the line a lot.
    for word in re.finditer(r"\S+(?: \S+)*", text):
        more = (' font-weight="bold"' if bold else "") + (' text-decoration="underline"' if underline else "") + (' opacity="0.7"' if faint else "")
        columns = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in word[0])
        at = left + sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text[:word.start()]) * CELL_WIDTH
        yield f'<text x="{at:.1f}" y="{top + 13.5}" textLength="{columns * CELL_WIDTH:.1f}" lengthAdjust="spacingAndGlyphs" fill="{colour}"{more}>{escape(word[0])}</text>'


def capture(command, columns, rows, steps, home):
    pid, terminal = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.chdir(home)
        os.execvpe(command[0], command, {
            "PATH": os.environ["PATH"], "HOME": home, "CAIRN_HOME": os.path.join(home, "cairn"), "DOTNET_ROOT": os.environ.get("DOTNET_ROOT", ""),
            "TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"})
    cells = Cells(columns, rows)
    try:
        for wanted, keys in steps:
            settle(terminal, cells, wanted)
            os.write(terminal, keys.encode())
        cells.shorten(home)
        return cells
    finally:
        os.write(terminal, b"\x03\x03")
        drain(terminal)
        os.waitpid(pid, 0)
        os.close(terminal)


def settle(terminal, cells, wanted, limit=60, quiet=1.0):
    """Reads frames until one shows the text and no other follows for a while."""
    held, end = b"", time.monotonic() + limit
    while time.monotonic() < end:
        if not select.select([terminal], [], [], quiet)[0]:
            if wanted in cells.text():
                return
            continue
        held += os.read(terminal, 65536)
        for question, answer in ANSWERS.items():
            os.write(terminal, answer * held.count(question))
        whole = held.rfind(END_OF_FRAME) + len(END_OF_FRAME)
        if whole >= len(END_OF_FRAME):
            cells.feed(held[:whole].decode())
            held = re.sub(rb"\x1b\]11;\?|\x1b\[c", b"", held[whole:])
        else:
            held = re.sub(rb"\x1b\]11;\?|\x1b\[c", b"", held)
    sys.exit(f"`{wanted}` did not come:\n{cells.text()}")


def drain(terminal):
    try:
        while select.select([terminal], [], [], 5)[0] and os.read(terminal, 65536):
            pass
    except OSError:
        pass


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="cairn")
    parser.add_argument("--out", default=here)
    asked = parser.parse_args()
    for name, columns, rows, arguments, steps in PICTURES:
        with tempfile.TemporaryDirectory() as home:
            cells = capture(shlex.split(asked.program) + arguments, columns, rows, steps, home)
        with open(os.path.join(asked.out, f"{name}.svg"), "w") as file:
            file.write(svg(cells, f"cairn: {name}"))


if __name__ == "__main__":
    main()
