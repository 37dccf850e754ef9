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
    """Cleans each object once, where it stands."""

    def __init__(self, pdf: Pdf, layers: Layers) -> None:
        self._pdf = pdf
        self._layers = layers
        self._done: set[tuple[int, int]] = set()

    def of_page(self, found: object) -> Dictionary:
        """A page's own: a new dictionary, and new ones in it. Pages of one file may share theirs."""
        fresh = self._resources(found)
        if not len(fresh):
            return Dictionary()
        return fresh

    def of_form(self, stream: Stream) -> None:
        """A form, or the appearance of an annotation."""
        if self._is_done(stream):
            return
        _keep(stream, (*_OF_FORMS, *_OF_STREAMS))
        stream[Name.Type], stream[Name.Subtype] = Name.XObject, Name.Form
        self._drawing(stream)

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
            self.of_form(drawn)
        elif kind == "Image":
            self._picture(drawn)
        else:
            return None
        return drawn

    def _picture(self, picture: Stream) -> None:
        if self._is_done(picture):
            return
        size = whole(picture.get(Name.Width)) * whole(picture.get(Name.Height))
        if size * max(whole(picture.get(Name.BitsPerComponent), 1), 1) // 8 > _MOST_PICTURE:
            raise Refused("pdf-picture-too-large", width=whole(picture.Width), height=whole(picture.Height))
        _keep(picture, (*_OF_IMAGES, *_OF_STREAMS))
        for key in (Name.SMask, Name.Mask):
            mask = picture.get(key)
            if isinstance(mask, Stream):
                self._picture(mask)
        self._strip(picture)

    def _pattern(self, pattern: Stream) -> Stream:
        if not self._is_done(pattern):
            _keep(pattern, (*_OF_PATTERNS, *_OF_STREAMS))
            self._drawing(pattern)
        return pattern

    def _drawing(self, stream: Stream) -> None:
        """The operators and resources of a form or pattern."""
        found = stream.get(Name.Resources)
        rewritten = self._layers.without_hidden(stream, dictionary(dictionary(found).get(Name.Properties)))
        if rewritten is not None:
            stream.write(rewritten)
        if found is not None:
            stream[Name.Resources] = self._resources(found)
        self._strip(stream)

    def _font(self, font: Object) -> Object | None:
        if not isinstance(font, Dictionary):
            return None
        if self._is_done(font):
            return font
        if name(font.get(Name.Subtype)) == "Type3":
            for glyph in dictionary(font.get(Name.CharProcs)).values():
                if isinstance(glyph, Stream) and not self._is_done(glyph):
                    _keep(glyph, (*_OF_STREAMS, "Resources"))
            if Name.Resources in font:
                font[Name.Resources] = self._resources(font.get(Name.Resources))
        self._done.discard(font.objgen)
        self._strip(font)
        return font

    def _mask(self, state: Object) -> None:
        form = dictionary(dictionary(state).get(Name.SMask)).get(Name.G)
        if isinstance(form, Stream):
            self.of_form(form)

    def _strip(self, thing: Object) -> None:
        """Take from everything that hangs on `thing` what tells of people or leads to other files."""
        waiting: list[object] = [thing]
        while waiting:
            part = waiting.pop()
            if isinstance(part, Dictionary | Stream):
                if part is not thing and self._is_done(part):
                    continue
                _drop(part, _TELLING)
                if isinstance(part, Stream):
                    _drop(part, _ELSEWHERE)
                waiting += part.values()
            elif isinstance(part, Array) and not self._is_done(part):
                waiting += [item for item in part if isinstance(item, Object)]

    def _is_done(self, thing: Object) -> bool:
        """Whether this object was met before; one that is written inside another is met with it."""
        if not thing.is_indirect:
            return False
        if thing.objgen in self._done:
            return True
        self._done.add(thing.objgen)
        return False


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
