"""The page that costs nothing, to measure others by: Flask and a sentence."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello() -> str:
    return "<!doctype html><title>Hello</title><h1>Hello, world</h1>"
