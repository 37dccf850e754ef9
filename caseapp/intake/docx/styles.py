"""How a paragraph and a run look in the end: their own properties, then those of their styles, then the document's."""

from dataclasses import dataclass, field

from lxml import etree

from caseapp.intake.docx.names import W

Properties = dict[str, etree._Element]
_DEEPEST = 20


@dataclass(frozen=True)
class _Style:
    name: str
    based_on: str
    paragraph: Properties
    run: Properties
    table: Properties


@dataclass
class Styles:
    _styles: dict[str, _Style] = field(default_factory=dict)
    _default: dict[str, str] = field(default_factory=dict)
    _paragraph: Properties = field(default_factory=dict)
    _run: Properties = field(default_factory=dict)
    _known: dict[tuple[str, str], Properties] = field(default_factory=dict)

    def of_paragraph(self, paragraph: etree._Element) -> Properties:
        own = _properties(paragraph.find(f"{W}pPr"))
        inherited = dict(self._paragraph)
        for style in reversed(self._chain(self.paragraph_style(paragraph))):
            inherited |= style.paragraph
        return {**inherited, **own}

    def of_run(self, run: etree._Element, paragraph_style: str) -> Properties:
        own = _properties(run.find(f"{W}rPr"))
        key = (value(own, "rStyle"), paragraph_style)
        if key not in self._known:
            inherited = dict(self._run)
            for style in (*reversed(self._chain(paragraph_style)), *reversed(self._chain(key[0]))):
                inherited |= style.run
            self._known[key] = inherited
        return {**self._known[key], **own}

    def of_table(self, table: etree._Element) -> Properties:
        own = _properties(table.find(f"{W}tblPr"))
        inherited: Properties = {}
        for style in reversed(self._chain(value(own, "tblStyle"))):
            inherited |= style.table
        return {**inherited, **own}

    def paragraph_style(self, paragraph: etree._Element) -> str:
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        return named.get(f"{W}val", "") if named is not None else self._default.get("paragraph", "")

    def names(self, style_id: str) -> list[str]:
        """The names of a style and of those it is based on, nearest first."""
        return [style.name for style in self._chain(style_id)]

    def size(self) -> float:
        """The document's usual size of type, in points."""
        inherited = dict(self._run)
        for style in reversed(self._chain(self._default.get("paragraph", ""))):
            inherited |= style.run
        return half_points(inherited, 20)

    def _chain(self, style_id: str) -> list[_Style]:
        chain: list[_Style] = []
        while style_id in self._styles and len(chain) < _DEEPEST:
            chain.append(self._styles[style_id])
            style_id = chain[-1].based_on
        return chain


def styles_of(root: etree._Element | None) -> Styles:
    styles = Styles()
    if root is None:
        return styles
    styles._paragraph = _properties(root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr"))
    styles._run = _properties(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
    for style in root.iter(f"{W}style"):
        style_id = style.get(f"{W}styleId", "")
        if style.get(f"{W}default") in {"1", "true"}:
            styles._default[style.get(f"{W}type", "")] = style_id
        named = {child.tag: child.get(f"{W}val", "") for child in style}
        styles._styles[style_id] = _Style(
            named.get(f"{W}name", "").lower(),
            named.get(f"{W}basedOn", ""),
            _properties(style.find(f"{W}pPr")),
            _properties(style.find(f"{W}rPr")),
            _properties(style.find(f"{W}tblPr")),
        )
    return styles


def value(properties: Properties, name: str, attribute: str = "val") -> str:
    found = properties.get(name)
    return "" if found is None else found.get(f"{W}{attribute}", "")


def is_on(properties: Properties, name: str) -> bool:
    found = properties.get(name)
    return found is not None and found.get(f"{W}val", "true") not in {"0", "false", "none", "off"}


def half_points(properties: Properties, otherwise: int) -> float:
    size = value(properties, "sz")
    return (int(size) if size.isdecimal() and len(size) < 5 else otherwise) / 2


def points(element: etree._Element | None, *attributes: str) -> float | None:
    """A measure in twentieths of a point, under the first of these names that it has."""
    for attribute in attributes:
        given = "" if element is None else element.get(f"{W}{attribute}", "")
        try:
            return max(-2000.0, min(2000.0, int(given) / 20))
        except ValueError:
            continue
    return None


def _properties(element: etree._Element | None) -> Properties:
    if element is None:
        return {}
    return {etree.QName(child).localname: child for child in element}
