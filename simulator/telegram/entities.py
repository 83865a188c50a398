"""Telegram's HTML, read as strictly as Telegram does: same tags, same errors, offsets in UTF-16 units."""

from dataclasses import dataclass
from typing import Any

from simulator.telegram.errors import ApiRefusal, bad_request

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}
_SPACE = b" \t\r\n\f\v\0"
_NAME_TOKEN = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-"

Entity = dict[str, Any]


@dataclass
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int
    order: int


def parsed(text: str, parse_mode: str | None) -> tuple[str, list[Entity]]:
    """The text as it is shown, and its entities. Knows HTML and plain text; Markdown is refused here."""
    if not parse_mode:
        return text, []
    if parse_mode.lower() != "html":
        raise bad_request("unsupported parse_mode")
    return _Reader(text).read()


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def bot_commands(text: str) -> list[Entity]:
    """The entity of a command at the beginning of what a person wrote; Telegram marks it for bots."""
    word = text.split(maxsplit=1)[0] if text.strip() else ""
    if text.startswith("/") and len(word) > 1:
        return [{"type": "bot_command", "offset": 0, "length": utf16(word)}]
    return []


class _Reader:
    """Walks over bytes, because the error texts name byte offsets."""

    def __init__(self, text: str) -> None:
        self.source = text.encode()
        self.at = 0
        self.shown: list[str] = []
        self.length = 0
        self.nested: list[_Open] = []
        self.opened = 0
        self.closed: list[tuple[int, Entity]] = []  # with the order of the start tags: outer before inner

    def read(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            byte = self.source[self.at : self.at + 1]
            if byte == b"<":
                if self.source[self.at + 1 : self.at + 2] == b"/":
                    self._end_tag()
                else:
                    self._start_tag()
            elif byte == b"&":
                self._show(self._reference())
            else:
                self._show(self._plain())
        if self.nested:
            raise self._error(f'Can\'t find end tag corresponding to start tag "{self.nested[-1].tag}"')
        self.closed.sort(key=lambda one: one[0])
        for _, entity in self.closed:
            if entity["type"] == "code":
                entity.pop("language", None)  # Telegram has a language for `pre` only
        return "".join(self.shown), [entity for _, entity in self.closed]

    def _show(self, text: str) -> None:
        self.shown.append(text)
        self.length += utf16(text)

    def _plain(self) -> str:
        begin = self.at
        while self.at < len(self.source) and self.source[self.at] not in b"<&":
            self.at += 1
        return self.source[begin : self.at].decode()

    def _reference(self) -> str:
        """A named or numbered letter; whatever else follows an ampersand stands for itself."""
        end = self.source.find(b";", self.at, self.at + 12)
        name = self.source[self.at + 1 : end] if end > 0 else b""
        letter = _NAMED.get(name)
        if letter is None and name.startswith(b"#"):
            digits, base = (name[2:], 16) if name[1:2] in (b"x", b"X") else (name[1:], 10)
            try:
                letter = chr(int(digits, base))
                letter.encode()
            except (ValueError, OverflowError):
                letter = None  # no such letter: shown as written
        if letter is None or letter == "\0":
            self.at += 1
            return "&"
        self.at = end + 1
        return letter

    def _byte(self) -> bytes:
        return self.source[self.at : self.at + 1]

    def _skip_space(self) -> None:
        while self._byte() and self._byte() in _SPACE:
            self.at += 1

    def _skip_until(self, stops: bytes) -> None:
        while self._byte() and self._byte() not in _SPACE and self._byte() not in stops:
            self.at += 1

    def _start_tag(self) -> None:
        begin = self.at
        self._skip_until(b">")
        if not self._byte():
            raise self._error(f"Unclosed start tag at byte offset {begin}")
        tag = self.source[begin + 1 : self.at].decode("utf-8", "replace").lower()
        if tag not in _KINDS:
            raise self._error(f'Unsupported start tag "{tag}" at byte offset {begin}')
        attributes: dict[str, str] = {}
        while self._byte() != b">":
            self._skip_space()
            if self._byte() == b">":
                break
            name, value = self._attribute(tag, begin)
            attributes[name] = value
        self.at += 1
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self._error(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.opened += 1
        self.nested.append(_Open(tag, attributes, self.length, self.opened))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        name_begin = self.at
        self._skip_until(b"=>")
        name = self.source[name_begin : self.at].decode("utf-8", "replace").lower()
        if not name:
            raise self._error(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
        self._skip_space()
        if self._byte() != b"=":
            if tag == "blockquote" and name == "expandable":
                return name, ""
            what = f'declaration of an attribute of the tag "{tag}"'
            raise self._error(f"Expected equal sign in {what} at byte offset {begin}")
        self.at += 1
        self._skip_space()
        if not self._byte():
            raise self._error(f"Unclosed start tag at byte offset {begin}")
        value = self._quoted() if self._byte() in (b"'", b'"') else self._name_token()
        if not self._byte():
            raise self._error(f"Unclosed start tag at byte offset {begin}")
        return name, value

    def _quoted(self) -> str:
        end = self.source.find(self._byte(), self.at + 1)
        begin, self.at = self.at + 1, len(self.source) if end < 0 else end + 1
        inner = _Reader("")
        inner.source = self.source[begin : self.at - 1 if end >= 0 else self.at]
        while inner.at < len(inner.source):
            if inner._byte() == b"&":
                inner._show(inner._reference())
            else:
                stop = inner.source.find(b"&", inner.at)
                stop = len(inner.source) if stop < 0 else stop
                inner._show(inner.source[inner.at : stop].decode("utf-8", "replace"))
                inner.at = stop
        return "".join(inner.shown)

    def _name_token(self) -> str:
        begin = self.at
        while self._byte() and self._byte() in _NAME_TOKEN:
            self.at += 1
        if self._byte() and self._byte() not in _SPACE and self._byte() != b">":
            raise self._error(f"Unexpected end of name token at byte offset {begin}")
        return self.source[begin : self.at].decode().lower()

    def _end_tag(self) -> None:
        begin = self.at
        if not self.nested:
            raise self._error(f"Unexpected end tag at byte offset {begin}")
        self._skip_until(b">")
        found = self.source[begin + 2 : self.at].decode("utf-8", "replace").lower()
        self._skip_space()
        if self._byte() != b">":
            raise self._error(f"Unclosed end tag at byte offset {begin}")
        self.at += 1
        opened = self.nested.pop()
        if found and found != opened.tag:
            raise self._error(
                f'Unmatched end tag at byte offset {begin}, expected "</{opened.tag}>", found "</{found}>"'
            )
        self._close(opened)

    def _close(self, opened: _Open) -> None:
        if self.length == opened.offset:
            return
        entity: Entity = {
            "type": _KINDS[opened.tag],
            "offset": opened.offset,
            "length": self.length - opened.offset,
        }
        if opened.tag == "a":
            address = opened.attributes.get("href") or "".join(self.shown)[-entity["length"] :]
            if "." not in address and ":" not in address:
                return
            entity["url"] = address
        language = opened.attributes.get("class", "")
        if opened.tag == "code" and language.startswith("language-"):
            entity["language"] = language.removeprefix("language-")
        if opened.tag == "blockquote" and "expandable" in opened.attributes:
            entity["type"] = "expandable_blockquote"
        if opened.tag == "pre" and self.closed and self.closed[-1][0] > opened.order:
            self._take_language(entity)
        self.closed.append((opened.order, entity))

    def _take_language(self, entity: Entity) -> None:
        """`<pre><code class="language-…">` is one entity if the inner fills the outer."""
        _, inner = self.closed[-1]
        if inner["type"] == "code" and (inner["offset"], inner["length"]) == (entity["offset"], entity["length"]):
            self.closed.pop()
            if "language" in inner:
                entity["language"] = inner["language"]

    def _error(self, text: str) -> ApiRefusal:
        return bad_request(f"can't parse entities: {text}")
