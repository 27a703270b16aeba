"""Answers what the API is, as OpenAPI 3.1: made from the calls themselves, so that it can't say anything else."""

import re
from collections.abc import Mapping
from typing import Any, Final

from pydantic import TypeAdapter

from vendorhub.api.bodies import Nothing
from vendorhub.api.calls import JSON, Call
from vendorhub.api.files import FORM
from vendorhub.api.problems import MEDIA_TYPE, Problem

_REF: Final = "#/components/schemas/{model}"
_TELLS: Final = {
    304: "What If-None-Match names is still so",
    400: "No JSON, or not readable",
    401: "No token, or one that is not good",
    403: "To be seen, but not to be done by this caller",
    404: "Not there, or not for this caller to see",
    409: "Another state than this needs, or somebody was faster",
    413: "Longer than may be sent",
    415: "Of another content type than this takes",
    422: "Something needs another look: `errors` says where",
    429: "Too many calls",
    500: "Something went wrong on our side; nothing was changed",
    503: "Not answering just now",
}

_FORM_SCHEMA: Final = {
    "type": "object",
    "properties": {
        "file": {"type": "string", "contentMediaType": "application/octet-stream"},
        "replaces": {"type": "string", "pattern": "^[0-9A-Za-z]{1,32}$"},
    },
    "required": ["file"],
    "additionalProperties": False,
}
_IDEMPOTENCY_KEY: Final = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same key with the same body does the deed once and answers the same again.",
    "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
}
_IF_MATCH: Final = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "description": "The ETag of what the caller has seen; 409 if it has changed since.",
    "schema": {"type": "string"},
}
_IF_NONE_MATCH: Final = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The ETag of what the caller has; 304 if it is still so.",
    "schema": {"type": "string"},
}


def describe(calls: list[Call], *, title: str, version: str, prefix: str) -> dict[str, Any]:
    """The description of these calls below `prefix`, as an OpenAPI 3.1 document."""
    shapes = {Problem: None, **{one: None for call in calls for one in (call.shape, call.body, call.query) if one}}
    told, defined = TypeAdapter.json_schemas(
        [(shape, "validation", TypeAdapter(shape)) for shape in shapes], ref_template=_REF
    )
    schemas = {shape: told[shape, "validation"] for shape in shapes}
    components = defined["$defs"]
    queries = {call.query for call in calls if call.query}
    asked = {query: components.pop(query.__name__) for query in queries}
    paths: dict[str, dict[str, Any]] = {}
    for call in calls:
        path = prefix + re.sub(r"<(\w+)>", r"{\1}", call.rule)
        paths.setdefault(path, {})[call.method.lower()] = _operation(call, schemas, asked)
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version},
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(call: Call, schemas: Mapping[Any, Any], asked: Mapping[Any, Any]) -> dict[str, Any]:
    summary, _, more = (call.view.__doc__ or "").partition("\n\n")
    operation: dict[str, Any] = {
        "operationId": _name(call),
        "tags": [call.view.__module__.rpartition(".")[2].replace("_", "-")],
        "summary": " ".join(summary.split()),
        **({"description": " ".join(more.split())} if more else {}),
        "parameters": [*_path(call), *_query(asked[call.query] if call.query else {}), *_headers(call)],
        "responses": _responses(call, schemas),
    }
    if call.body and call.body is not Nothing:
        needed = any(field.is_required() for field in call.body.model_fields.values())
        operation["requestBody"] = {"required": needed, "content": {JSON: {"schema": schemas[call.body]}}}
    if call.file:
        operation["requestBody"] = {"required": True, "content": {FORM: {"schema": _FORM_SCHEMA}}}
    return operation


def _name(call: Call) -> str:
    return f"{call.view.__module__.rpartition('.')[2]}.{call.view.__name__}"


def _path(call: Call) -> list[dict[str, Any]]:
    schema = {"type": "string", "pattern": "^[0-9A-Za-z._@-]{1,100}$"}
    return [
        {"name": name, "in": "path", "required": True, "schema": schema} for name in re.findall(r"<(\w+)>", call.rule)
    ]


def _query(model: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "query", "required": False, "schema": _not_null(schema)}
        for name, schema in model.get("properties", {}).items()
    ]


def _not_null(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A query's field is there or not; it is never null."""
    kept = [one for one in schema.get("anyOf", []) if one != {"type": "null"}]
    told = {name: value for name, value in schema.items() if name not in ("anyOf", "title", "default")}
    if "default" in schema and schema["default"] is not None:
        told["default"] = schema["default"]
    return {**told, **kept[0]} if kept else told


def _headers(call: Call) -> list[dict[str, Any]]:
    if call.method == "GET":
        return [_IF_NONE_MATCH]
    return [_IDEMPOTENCY_KEY, _IF_MATCH]


def _responses(call: Call, schemas: Mapping[Any, Any]) -> dict[str, Any]:
    files = {media: {"schema": {"type": "string"}} for media in call.media}
    shape = {JSON: {"schema": schemas[call.shape]}} if call.shape else files
    done: dict[str, Any] = {
        str(status): {"description": "The thing as it is now", "content": shape} for status in call.statuses
    }
    for response in done.values():
        response["headers"] = {"ETag": {"schema": {"type": "string"}}}
    problem = {MEDIA_TYPE: {"schema": schemas[Problem]}}
    for status in sorted(set(call.refused)):
        done[str(status)] = {"description": _TELLS[status], "content": problem}
    if call.method == "GET":
        done["304"] = {"description": _TELLS[304]}
    done["401"]["headers"] = {"WWW-Authenticate": {"required": True, "schema": {"type": "string"}}}
    done["429"]["headers"] = {"Retry-After": {"required": True, "schema": {"type": "integer", "minimum": 1}}}
    return done
