"""Every kind of letter, looked at as a mail program shows it: axe finds nothing by day and night, on phones neither."""

from email import message_from_bytes, policy
from typing import Any, cast

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.journeys.eyes import NARROWEST, Eyes
from vendorhub.demo.samples import SAMPLES


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_letters_trouble_nobody(app: Flask, browser: Browser) -> None:
    eyes = Eyes(browser.new_context(viewport=cast("Any", NARROWEST)))
    eyes.page.goto("about:blank")
    with app.test_request_context("/"):
        letters = {name: sample.message() for name, sample in SAMPLES.items()}
    troubles = {}
    for name, octets in letters.items():
        part = message_from_bytes(octets, policy=policy.default).get_body(("html",))
        assert part is not None
        eyes.page.emulate_media(color_scheme="light")
        eyes.page.set_content(str(part.get_content()))
        found = eyes.axe()
        eyes.page.emulate_media(color_scheme="dark")
        found += eyes.axe("color-contrast")
        wide = eyes.page.evaluate("document.documentElement.scrollWidth")
        troubles |= {name: [*found, wide]} if found or wide > NARROWEST["width"] else {}
    assert troubles == {}
