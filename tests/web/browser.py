"""A visitor without JavaScript: opens pages, reads them, fills in their forms and presses their buttons."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from http import HTTPStatus
from typing import Any

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

VOID = {"input", "meta", "link", "br", "hr", "img", "option"}


@dataclass
class Button:
    """What a press adds and where it sends the form."""

    label: str = ""
    name: str = ""
    value: str = ""
    action: str = ""


@dataclass
class Form:
    """A form as it came: its fields with what stands in them."""

    action: str
    method: str
    fields: MultiDict[str, str] = field(default_factory=MultiDict)
    names: list[str] = field(default_factory=list)
    buttons: list[Button] = field(default_factory=list)


class Page(HTMLParser):
    """A page as a visitor reads it."""

    def __init__(self, path: str, status: int, html: str, headers: Any) -> None:
        super().__init__()
        self.path, self.status, self.html, self.headers = path, status, html, headers
        self.title, self.h1, self.ids, self.labels = "", [], [], []
        self.forms: list[Form] = []
        self.links: dict[str, str] = {}
        self.errors: dict[str, str] = {}  # by the field's id
        self.inputs: list[str] = []  # ids of what can be typed in
        self._within: list[str] = []
        self._open: list[tuple[str, list[str]]] = []
        self._form: Form | None = None
        self._select: str | None = None
        self._words: list[str] = []
        self.feed(html)
        self.text = " ".join(" ".join(self._words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {name: value or "" for name, value in attrs}
        if "id" in a:
            self.ids.append(a["id"])
        if tag == "form":
            self._form = Form(a.get("action", self.path), a.get("method", "get"))
            self.forms.append(self._form)
        elif tag == "input":
            self._input(a)
        elif tag == "select" and self._form:
            self._select = a["name"]
            self._form.names.append(a["name"])
            self._form.fields[a["name"]] = ""
            self.inputs.append(a["id"])
        elif tag == "option" and self._select and self._form and "selected" in a:
            self._form.fields[self._select] = a["value"]
        elif tag == "label":
            self.labels.append(a.get("for", ""))
        elif tag == "textarea" and self._form:
            self._form.names.append(a["name"])
            self.inputs.append(a["id"])
        if tag not in VOID:
            self._open.append((tag, [a.get("name", ""), a.get("id", ""), a.get("class", ""), a.get("href", "")]))
            self._within.append("")
            if tag == "button" and self._form:
                press = Button("", a.get("name", ""), a.get("value", ""), a.get("formaction", ""))
                self._form.buttons.append(press)

    def _input(self, a: dict[str, str]) -> None:
        kind = a.get("type", "text")
        if self._form is not None and "name" in a:
            self._form.names.append(a["name"])
            if kind == "hidden" or (kind == "checkbox" and "checked" in a):
                self._form.fields.add(a["name"], a.get("value", "" if kind == "hidden" else "on"))
            elif kind not in ("radio", "checkbox") or "checked" in a:
                self._form.fields[a["name"]] = a.get("value", "")
        if kind not in ("hidden", "radio"):
            self.inputs.append(a.get("id", ""))

    def handle_data(self, data: str) -> None:
        self._words.append(data)
        self._within = [words + data for words in self._within]

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or not self._open:
            return
        open_tag, (name, identity, kind, href) = self._open.pop()
        assert open_tag == tag, f"<{open_tag}> is closed by </{tag}> on {self.path}"
        words = self._within.pop()
        said = " ".join(words.split())
        if tag == "title" and not self.title:  # a drawing has its own
            self.title = said
        elif tag == "h1":
            self.h1.append(said)
        elif tag == "a" and href:
            self.links[said] = href
        elif tag == "textarea" and self._form:
            self._form.fields[name] = words.removeprefix("\n")
        elif tag == "button" and self._form:
            self._form.buttons[-1].label = said
        elif tag == "select":
            self._select = None
        elif tag == "form":
            self._form = None
        elif kind == "error":
            self.errors[identity.removesuffix("-error")] = said

    def form_with(self, label: str, number: int = 0) -> tuple[Form, Button]:
        """The form that has a button of this label, and the button."""
        found = [(form, button) for form in self.forms for button in form.buttons if button.label == label]
        assert len(found) > number, f"{self.path} has no button {label}: {self.text}"
        return found[number]


class Browser:
    """One visitor's browser, cookies and all."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self._page: Page | None = None
        self._next = "/"

    @property
    def page(self) -> Page:
        """What is shown; where a press has led to a page that nobody has looked at yet, it is opened now."""
        return self._page or self.open(self._next)

    @page.setter
    def page(self, page: Page) -> None:
        self._page = page

    def open(self, path: str, *, method: str = "GET") -> Page:
        """The page at a path, redirects followed."""
        return self._show(self.client.open(path, method=method, follow_redirects=True))

    def press(self, label: str, number: int = 0, **typed: str) -> Page:
        """Types into the form with this button and presses it; a field's name may be told by its end."""
        form, button = self.page.form_with(label, number)
        sent = MultiDict(form.fields)
        for name, value in typed.items():
            sent[self._named(form, name.replace("__", "-"))] = value
        if button.name:
            sent[button.name] = button.value
        assert form.method == "post"
        path = button.action or form.action or self.page.path
        return self._show(self.client.post(path, data=sent, follow_redirects=True))

    def enter(self, path: str) -> None:
        """Signs in by a letter's link; the page to which it leads is opened only once somebody looks at it."""
        self.open(path)
        form, _ = self.page.form_with("Sign in")
        answer = self.client.post(form.action or path, data=form.fields)
        assert answer.status_code == HTTPStatus.SEE_OTHER
        with self.client.session_transaction() as session:
            assert session.pop("_flashes") == [("success", "You are signed in.")]
        self._page, self._next = None, answer.headers["Location"]

    def _named(self, form: Form, name: str) -> str:
        found = [each for each in dict.fromkeys(form.names) if each == name or each.endswith(f"-{name}")]
        assert name in found or len(found) == 1, f"{name} is one of {form.names}?"
        return name if name in found else found[0]

    def _show(self, answer: Any) -> Page:
        path = answer.request.full_path.rstrip("?")
        self.page = Page(path, answer.status_code, answer.get_data(as_text=True), answer.headers)
        return self.page
