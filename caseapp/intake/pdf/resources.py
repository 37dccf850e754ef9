"""What a page draws with, taken over by what it is: fonts, pictures, forms, patterns. All else stays behind."""

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from caseapp.core.refused import Refused
from caseapp.intake.pdf.layers import Layers, emptied
from caseapp.intake.pdf.values import dictionary, name, whole

_CATEGORIES = ("Font", "XObject", "ExtGState", "ColorSpace", "Pattern", "Shading", "Properties")
_OF_STREAMS = ("Filter", "DecodeParms", "Length")
_OF_IMAGES = (
    *("Type", "Subtype", "Width", "Height", "ColorSpace", "BitsPerComponent", "Intent", "ImageMask", "Mask"),
    *("Decode", "Interpolate", "SMask", "SMaskInData", "Matte"),
)
_OF_FORMS = ("Type", "Subtype", "FormType", "BBox", "Matrix", "Resources", "Group")
_OF_PATTERNS = ("Type", "PatternType", "PaintType", "TilingType", "BBox", "XStep", "YStep", "Resources", "Matrix")
_OF_MARKS = ("MCID", "ActualText", "Lang", "Alt", "E", "Type", "Subtype", "Attached", "BBox")
# Keys that tell of people, tools and other files, wherever they stand in what is taken over as it is.
_TELLING = ("Metadata", "PieceInfo", "LastModified", "OPI", "AF", "Private", "StructParent", "StructParents")
_ELSEWHERE = ("F", "FFilter", "FDecodeParms")
# Bytes of one picture when it is unpacked.
_MOST_PICTURE = 256 << 20


class Resources:
    """Cleans each object once, where it stands.

    What draws may hold what draws, deeper than Python may call itself: it waits for its turn.
    """

    def __init__(self, pdf: Pdf, layers: Layers) -> None:
        self._pdf = pdf
        self._layers = layers
        self._met: set[tuple[int, int]] = set()
        self._stripped: set[tuple[int, int]] = set()
        self._waiting: list[Stream | Dictionary] = []

    def of_page(self, found: object) -> Dictionary:
        """A page's own: a new dictionary, and new ones in it. Pages of one file may share theirs."""
        fresh = self._resources(found)
        self._clean_the_waiting()
        return fresh

    def of_form(self, stream: Stream) -> None:
        """A form, or the appearance of an annotation."""
        self._form(stream)
        self._clean_the_waiting()

    def _clean_the_waiting(self) -> None:
        """The operators and resources of forms, patterns, and fonts that the file draws itself."""
        while self._waiting:
            thing = self._waiting.pop()
            found = thing.get(Name.Resources)
            if isinstance(thing, Stream):
                rewritten = self._layers.without_hidden(thing, dictionary(dictionary(found).get(Name.Properties)))
                if rewritten is not None:
                    thing.write(rewritten)
            if found is not None:
                thing[Name.Resources] = self._resources(found)
            self._strip(thing)

    def _resources(self, found: object) -> Dictionary:
        given, fresh = dictionary(found), Dictionary()
        for category in _CATEGORIES:
            entries = Dictionary()
            for key, value in dictionary(given.get(Name(f"/{category}"))).items():
                kept = self._entry(category, value)
                if kept is not None:
                    entries[key] = kept
            if len(entries):
                fresh[Name(f"/{category}")] = entries
        return fresh

    def _entry(self, category: str, value: Object) -> Object | None:
        if category == "XObject":
            return self._drawn(value)
        if category == "Properties":
            return _mark(value)
        if category == "Font":
            return self._font(value)
        if category == "Pattern" and isinstance(value, Stream):
            return self._pattern(value)
        if category == "ExtGState":
            self._mask(value)
        self._strip(value)
        return value

    def _drawn(self, drawn: Object) -> Object | None:
        if not isinstance(drawn, Stream):
            return None
        if not self._layers.shows(drawn.get(Name.OC)):
            self._layers.hidden_parts += 1
            return emptied(self._pdf)
        kind = name(drawn.get(Name.Subtype))
        if kind == "Form":
            self._form(drawn)
        elif kind == "Image":
            self._picture(drawn)
        else:
            return None
        return drawn

    def _form(self, stream: Stream) -> None:
        if self._is_new(stream, self._met):
            _keep(stream, (*_OF_FORMS, *_OF_STREAMS))
            stream[Name.Type], stream[Name.Subtype] = Name.XObject, Name.Form
            self._waiting.append(stream)

    def _picture(self, picture: Stream) -> None:
        """A picture and its masks, which are pictures."""
        pictures = [picture]
        while pictures:
            shown = pictures.pop()
            if not self._is_new(shown, self._met):
                continue
            size = whole(shown.get(Name.Width)) * whole(shown.get(Name.Height))
            if size * max(whole(shown.get(Name.BitsPerComponent), 1), 1) // 8 > _MOST_PICTURE:
                raise Refused("pdf-picture-too-large", width=whole(shown.Width), height=whole(shown.Height))
            _keep(shown, (*_OF_IMAGES, *_OF_STREAMS))
            pictures += [mask for key in (Name.SMask, Name.Mask) if isinstance(mask := shown.get(key), Stream)]
            self._strip(shown)

    def _pattern(self, pattern: Stream) -> Stream:
        if self._is_new(pattern, self._met):
            _keep(pattern, (*_OF_PATTERNS, *_OF_STREAMS))
            self._waiting.append(pattern)
        return pattern

    def _font(self, font: Object) -> Object | None:
        if not isinstance(font, Dictionary):
            return None
        if not self._is_new(font, self._met):
            return font
        if name(font.get(Name.Subtype)) == "Type3":
            for glyph in dictionary(font.get(Name.CharProcs)).values():
                if isinstance(glyph, Stream) and self._is_new(glyph, self._met):
                    _keep(glyph, (*_OF_STREAMS, "Resources"))
                    self._waiting.append(glyph)
            self._waiting.append(font)
        else:
            self._strip(font)
        return font

    def _mask(self, state: Object) -> None:
        form = dictionary(dictionary(state).get(Name.SMask)).get(Name.G)
        if isinstance(form, Stream):
            self._form(form)

    def _strip(self, thing: Object) -> None:
        """Take from everything that hangs on `thing` what tells of people or leads to other files."""
        waiting: list[object] = [thing]
        while waiting:
            part = waiting.pop()
            if not isinstance(part, Dictionary | Stream | Array) or not self._is_new(part, self._stripped):
                continue
            if isinstance(part, Array):
                waiting += [item for item in part if isinstance(item, Object)]
                continue
            _drop(part, _TELLING)
            if isinstance(part, Stream):
                _drop(part, _ELSEWHERE)
            waiting += part.values()

    @staticmethod
    def _is_new(thing: Object, before: set[tuple[int, int]]) -> bool:
        """Whether this object was not among those before; one that is written inside another is met with it."""
        if not thing.is_indirect:
            return True
        if thing.objgen in before:
            return False
        before.add(thing.objgen)
        return True


def _keep(thing: Stream, keys: tuple[str, ...]) -> None:
    for key in set(map(str, thing.keys())) - {f"/{key}" for key in keys}:
        del thing[key]


def _drop(thing: Object, keys: tuple[str, ...]) -> None:
    for key in keys:
        if Name(f"/{key}") in thing:
            del thing[Name(f"/{key}")]


def _mark(value: Object) -> Object | None:
    """What a mark in the text says of it; layers are settled before."""
    if not isinstance(value, Dictionary):
        return None
    if name(value.get(Name.Type)) in {"OCG", "OCMD"}:
        return None
    return Dictionary({key: item for key, item in value.items() if key[1:] in _OF_MARKS and not _is_heavy(item)})


def _is_heavy(item: object) -> bool:
    return isinstance(item, Dictionary | Stream)
