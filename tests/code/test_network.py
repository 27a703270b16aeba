"""The suite reaches nothing but this machine."""

import socket

import pytest
from pytest_socket import SocketConnectBlockedError


@pytest.mark.parametrize(
    ("family", "address"),
    [(socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"), (socket.AF_INET, "0.0.0.0")],
)
def test_a_connection_off_loopback_is_refused(family: socket.AddressFamily, address: str) -> None:
    with (
        socket.socket(family) as connection,
        pytest.warns(UserWarning, match="A test tried to use socket"),
        pytest.raises(SocketConnectBlockedError),
    ):
        connection.connect((address, 25))


def test_a_connection_on_loopback_is_made() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
