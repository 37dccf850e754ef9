"""The words of a page put into lines, and its lines into the order in which they are read. Pure.

The order of the file is nearly always the author's, and is kept. Only where it plainly is not (columns written line
by line across the page, words written in no order) do the places of the words decide.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from caseapp.intake.pdf.letters import Word, reads_right_to_left

_EM = 0.85  # of the height of a line, as fonts claim it
_WIDE = 0.9  # ems between two words, from which they may stand in different columns
_NARROW = 1.2  # of a letter's width, up to which two words stand together whatever the file says
_FEWEST_ROWS = 3
_FEWEST_LETTERS = 12  # of a line of prose, on the median, in a column
_LEAST_FILLED = 0.55  # of a column's width, by the median of its lines
_CANDIDATES = 6
_FACING = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_DEEPEST = 4  # columns within columns


@dataclass(slots=True)
class Line:
    """Words on one line that belong together, in the order in which they are read."""

    words: list[Word]
    x0: float
    x1: float
    y0: float
    y1: float
    _height: float = 0.0  # until it is asked for

    @classmethod
    def of(cls, words: list[Word]) -> "Line":
        return cls(
            words,
            min(word.x0 for word in words),
            max(word.x1 for word in words),
            min(word.y0 for word in words),
            max(word.y1 for word in words),
        )

    @property
    def turn(self) -> int | None:
        return self.words[0].turn

    @property
    def height(self) -> float:
        """That of most of its letters."""
        if not self._height:
            heights: Counter[float] = Counter()
            for word in self.words:
                heights[round(word.height, 1)] += len(word.text)
            self._height = max(heights.most_common(1)[0][0], 0.1)
        return self._height

    def add(self, word: Word) -> None:
        self.words.append(word)
        self.x0, self.x1 = min(self.x0, word.x0), max(self.x1, word.x1)
        self.y0, self.y1 = min(self.y0, word.y0), max(self.y1, word.y1)
        self._height = 0.0

    @property
    def em(self) -> float:
        return self.height * _EM

    @property
    def letters(self) -> int:
        return sum(len(word.text) for word in self.words)

    @property
    def letter(self) -> float:
        """The width of a letter, on the average."""
        return sum(word.x1 - word.x0 for word in self.words) / self.letters

    @property
    def reads_right_to_left(self) -> bool:
        """By most of its letters; numbers and signs have no direction of their own."""
        written = [(sum(map(str.isalpha, word.text)), word.text) for word in self.words]
        right = sum(letters for letters, text in written if reads_right_to_left(text))
        return right * 2 > sum(letters for letters, _ in written)

    @property
    def is_bold(self) -> bool:
        return all(word.is_bold for word in self.words)

    def shares_height_with(self, other: "Line", least: float = 0.5) -> bool:
        shared = min(self.y1, other.y1) - max(self.y0, other.y0)
        return shared >= least * min(self.y1 - self.y0, other.y1 - other.y0)

    def shares_width_with(self, other: "Line", least: float = 0.3) -> bool:
        shared = min(self.x1, other.x1) - max(self.x0, other.x0)
        return shared > least * min(self.x1 - self.x0, other.x1 - other.x0)


def lines_in_order(words: Sequence[Word]) -> list[Line]:
    """The lines of a page. The direction in which most of it runs comes first, then text that stands otherwise."""
    letters: Counter[int | None] = Counter()
    for word in words:
        letters[word.turn] += len(word.text)
    found: list[Line] = []
    for turn, _ in sorted(letters.items(), key=lambda item: (item[0] is None, -item[1], item[0] or 0)):
        turned = [word for word in words if word.turn == turn]
        found.extend(_askew(turned) if turn is None else _upright(turned))
    return found


def _askew(words: Sequence[Word]) -> list[Line]:
    """Text that stands askew has no lines that could be told from boxes; it is kept as the file has it."""
    return [Line.of([word]) for word in words]


def _upright(words: Sequence[Word]) -> list[Line]:
    pieces = _mended(_pieces(words))
    by_place = _by_columns(pieces, _DEEPEST) if _is_out_of_order(pieces) else pieces
    return [_in_reading_order(line) for line in _joined_along_rows(by_place)]


def _pieces(words: Iterable[Word]) -> list[Line]:
    """Words that follow one another in the file, on one line and without a wide gap."""
    pieces: list[Line] = []
    for word in words:
        if pieces and _belongs(word, pieces[-1]):
            pieces[-1].add(word)
        else:
            pieces.append(Line.of([word]))
    return pieces


def _belongs(word: Word, piece: Line) -> bool:
    last = piece.words[-1]
    if last.ends_line and word.x0 < last.x1:
        return False
    shared = min(word.y1, last.y1) - max(word.y0, last.y0)
    if shared < 0.4 * min(word.height, last.height):
        return False
    wide = _WIDE * _EM * max(word.height, last.height)
    return max(word.x0 - piece.x1, piece.x0 - word.x1) < wide and not (word.x0 < last.x0 and word.x1 > last.x1)


def _rows(pieces: Iterable[Line]) -> list[list[Line]]:
    """Pieces that stand beside one another, from the top down, each row from left to right."""
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda piece: (-(piece.y0 + piece.y1), piece.x0)):
        if rows and rows[-1][0].shares_height_with(piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.x0) for row in rows]


def _mended(pieces: list[Line]) -> list[Line]:
    """Pieces with a word's space between them at most belong together, even if the file wrote them far apart."""
    place = {id(piece): number for number, piece in enumerate(pieces)}
    gone: set[int] = set()
    for row in _rows(pieces):
        held: Line | None = None
        for piece in row:
            if held and -0.3 * held.em < piece.x0 - held.x1 < _NARROW * max(held.letter, piece.letter):
                keeper, other = (held, piece) if held.letters >= piece.letters else (piece, held)
                for word in other.words:
                    keeper.add(word)
                keeper.words.sort(key=lambda word: word.x0)
                gone.add(place[id(other)])
                held = keeper
            else:
                held = piece
    return [piece for number, piece in enumerate(pieces) if number not in gone]


def _is_out_of_order(pieces: Sequence[Line]) -> bool:
    returns = sum(
        after.y0 > before.y1 - 0.2 * before.height and after.shares_width_with(before)
        for before, after in pairwise(pieces)
    )
    return returns >= max(4, 0.15 * len(pieces)) or _is_written_across(pieces)


def _is_written_across(pieces: Sequence[Line]) -> bool:
    """Whether the file changes between two columns at nearly every line."""
    split = _split(pieces)
    if split is None:
        return False
    place = {id(piece): number for number, piece in enumerate(pieces)}
    sides = sorted([(place[id(piece)], 0) for piece in split.left] + [(place[id(piece)], 1) for piece in split.right])
    changes = sum(before != after for (_, before), (_, after) in pairwise(sides))
    return changes >= 1.2 * split.rows_with_both


@dataclass(frozen=True)
class _Split:
    """A stretch of the page that has two columns, and what stands above and below it."""

    above: list[Line]
    left: list[Line]
    right: list[Line]
    below: list[Line]
    rows_with_both: int


def _by_columns(pieces: list[Line], deepest: int) -> list[Line]:
    split = _split(pieces) if deepest else None
    if split is None:
        return [piece for row in _rows(pieces) for piece in (row if not _is_rtl(row) else row[::-1])]
    columns = [split.left, split.right]
    if _is_rtl([*split.left, *split.right]):
        columns.reverse()
    parts = [(split.above, deepest), *((column, deepest - 1) for column in columns), (split.below, deepest)]
    return [piece for part, depth in parts if part for piece in _by_columns(part, depth)]


def _is_rtl(pieces: Iterable[Line]) -> bool:
    right = whole = 0
    for piece in pieces:
        whole += piece.letters
        right += piece.letters if piece.reads_right_to_left else 0
    return right * 2 > whole


def _split(pieces: Sequence[Line]) -> _Split | None:
    """The first stretch of rows, from the top, that one white gutter divides into two columns of prose."""
    rows = _rows(pieces)
    edges: Counter[int] = Counter()
    for row in rows:
        for left, right in pairwise(row):
            if right.x0 - left.x1 > 1:
                edges[round(right.x0)] += 1
                edges[round(left.x1) + 1] += 1
    best: tuple[int, int, _Split] | None = None
    for gutter, _ in sorted(edges.items(), key=lambda item: (-item[1], item[0]))[:_CANDIDATES]:
        for start, end in _stretches(rows, gutter - 0.5):
            split = _divided(rows, start, end, gutter - 0.5)
            if split and (best is None or split.rows_with_both > best[0]):
                best = (split.rows_with_both, start, split)
    return best[2] if best else None


def _stretches(rows: Sequence[Sequence[Line]], gutter: float) -> list[tuple[int, int]]:
    """Runs of rows in which no piece crosses the gutter, without the rows at their ends that lie on one side only."""
    free = [all(not (piece.x0 < gutter - 1 and piece.x1 > gutter + 1) for piece in row) for row in rows]
    found: list[tuple[int, int]] = []
    start = 0
    for place in range(len(rows) + 1):
        if place == len(rows) or not free[place]:
            if place - start >= _FEWEST_ROWS:
                found.append((start, place))
            start = place + 1
    return found


def _divided(rows: Sequence[Sequence[Line]], start: int, end: int, gutter: float) -> _Split | None:
    stretch = [piece for row in rows[start:end] for piece in row]
    left = [piece for piece in stretch if piece.x0 < gutter - 1]
    right = [piece for piece in stretch if piece.x0 >= gutter - 1]
    both = sum(row[0].x0 < gutter - 1 <= row[-1].x0 for row in rows[start:end])
    if both < _FEWEST_ROWS or not (_is_prose(left) and _is_prose(right)):
        return None
    return _Split(
        [piece for row in rows[:start] for piece in row],
        left,
        right,
        [piece for row in rows[end:] for piece in row],
        both,
    )


def _is_prose(pieces: Sequence[Line]) -> bool:
    """Whether the lines of a column fill it, as those of a table do not."""
    rows = _rows(pieces)
    width = max(piece.x1 for piece in pieces) - min(piece.x0 for piece in pieces)
    filled = median(row[-1].x1 - row[0].x0 for row in rows)
    return (
        len(rows) >= _FEWEST_ROWS
        and median(sum(piece.letters for piece in row) for row in rows) >= _FEWEST_LETTERS
        and filled >= _LEAST_FILLED * width
    )


def _joined_along_rows(pieces: Iterable[Line]) -> list[Line]:
    """Pieces of one row that are read one after the other, such as the cells of a table or a loosely set line."""
    lines: list[Line] = []
    for piece in pieces:
        if lines and lines[-1].shares_height_with(piece, 0.6) and not lines[-1].shares_width_with(piece, 0.1):
            for word in piece.words:
                lines[-1].add(word)
        else:
            lines.append(piece)
    return lines


def _in_reading_order(line: Line) -> Line:
    """Right-to-left words among others stand in the file in the order of the eye."""
    words = sorted(line.words, key=lambda word: word.x0)
    if any(reads_right_to_left(word.text) for word in words):
        from_right = line.reads_right_to_left
        words = _logical(words, from_right=from_right)
        words = [_turned_number(word) if from_right and not _has_direction(word) else word for word in words]
    return Line(words, line.x0, line.x1, line.y0, line.y1)


def _logical(words: list[Word], *, from_right: bool) -> list[Word]:
    """Words from left to right as they are seen → as they are read: runs of the other direction are turned round.

    Numbers and signs between two words of the other direction go with them.
    """
    seen = words[::-1] if from_right else words
    found: list[Word] = []
    start = 0
    while start < len(seen):
        end = start + 1
        if _runs_against(seen[start], from_right=from_right):
            for place in range(end, len(seen)):
                if _runs_against(seen[place], from_right=from_right):
                    end = place + 1
                elif _has_direction(seen[place]):
                    break
        found.extend(seen[start:end][::-1])
        start = end
    return found


def _turned_number(word: Word) -> Word:
    """A number among right-to-left words: what stands on its left is read after it, and brackets face about."""
    letters = list(zip(word.text, word.boxes, strict=True))
    sure = [place for place, (letter, _) in enumerate(letters) if letter.isalnum()]
    if not sure:
        return word
    first, last = sure[0], sure[-1] + 1
    read = [*letters[last:][::-1], *letters[first:last], *letters[:first][::-1]]
    sides = (len(letters) - last, len(letters) - first)
    text = "".join(
        letter if sides[0] <= place < sides[1] else letter.translate(_FACING) for place, (letter, _) in enumerate(read)
    )
    return replace(word, text=text, boxes=[box for _, box in read])


def _runs_against(word: Word, *, from_right: bool) -> bool:
    return _has_direction(word) and reads_right_to_left(word.text) != from_right


def _has_direction(word: Word) -> bool:
    return any(letter.isalpha() for letter in word.text)
