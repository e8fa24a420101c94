"""From what a user types, or a device announces, to where the device may be."""

import pytest
from yarl import URL

from custom_components.gatehouse.connection import announced_urls, candidate_urls


@pytest.mark.parametrize(
    ("address", "urls"),
    [
        ("192.168.8.1", ["http://192.168.8.1", "https://192.168.8.1"]),
        ("  modem.local ", ["http://modem.local", "https://modem.local"]),
        ("MODEM", ["http://modem", "https://modem"]),
        ("my_modem.", ["http://my_modem.", "https://my_modem."]),
        ("modem:8080", ["http://modem:8080", "https://modem:8080"]),
        ("modem/html/home.html", ["http://modem", "https://modem"]),
        ("büro.local", ["http://xn--bro-hoa.local", "https://xn--bro-hoa.local"]),
        ("fe80::1", ["http://[fe80::1]", "https://[fe80::1]"]),
        ("[fe80::1]:8080", ["http://[fe80::1]:8080", "https://[fe80::1]:8080"]),
        ("http://192.168.8.1", ["http://192.168.8.1"]),
        ("https://192.168.8.1:8443/html/home.html?a=1#b", ["https://192.168.8.1:8443"]),
        ("http://[fe80::1]/", ["http://[fe80::1]"]),
        ("http://user:secret@modem", ["http://modem"]),
    ],
)
def test_candidate_urls(address: str, urls: list[str]) -> None:
    """Without a scheme both are possible; path, query and user are of no use."""
    assert candidate_urls(address) == tuple(map(URL, urls))


@pytest.mark.parametrize(
    "address",
    [
        "",
        "   ",
        "my modem",
        "modem:port",
        "modem:99999",
        "user@modem",
        "fe80::1::2",
        "a..b",
        "a" * 64,
        "100%",
        "ftp://modem",
        "http://",
        "http://my modem",
        "http://[fe80",
    ],
)
def test_what_cannot_be_an_address(address: str) -> None:
    """It is refused before anything is sent."""
    with pytest.raises(ValueError, match=r".+"):
        candidate_urls(address)


@pytest.mark.parametrize(
    ("page", "description", "urls"),
    [
        ("http://192.168.8.1", None, ["http://192.168.8.1", "https://192.168.8.1"]),
        (
            "http://192.168.8.1:8080/html",
            "http://192.168.8.9:37215/desc.xml",
            ["http://192.168.8.1:8080", "https://192.168.8.1:8080"],
        ),
        (
            None,
            "http://192.168.8.1:37215/desc.xml",
            ["http://192.168.8.1", "https://192.168.8.1"],
        ),
        (
            "/html/index.html",
            "http://192.168.8.1:37215/desc.xml",
            ["http://192.168.8.1", "https://192.168.8.1"],
        ),
        (None, "http://[fe80::1]:37215/desc.xml", ["http://[fe80::1]", "https://[fe80::1]"]),
    ],
)
def test_announced_urls(page: str | None, description: str | None, urls: list[str]) -> None:
    """The page names the port; the description is served on another."""
    assert announced_urls(page, description) == tuple(map(URL, urls))


@pytest.mark.parametrize(
    ("page", "description"), [(None, None), ("", "/desc.xml"), ("http://[fe80", None)]
)
def test_announcement_without_a_host(page: str | None, description: str | None) -> None:
    """An announcement may say nothing that is of use."""
    with pytest.raises(ValueError, match=r".+"):
        announced_urls(page, description)
