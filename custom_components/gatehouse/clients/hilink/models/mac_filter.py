"""Models of who is kept out of the Wi-Fi."""

from dataclasses import dataclass
from typing import Any, ClassVar

from ..values import count, elements, flag, mac_address, text
from .reply import Fields, Reply, derive


@dataclass(frozen=True, kw_only=True)
class Blocked:
    """Somebody who is kept out of the Wi-Fi."""

    mac: str
    name: str | None


def blocked_in(fields: Fields) -> tuple[Blocked, ...]:
    """Return who stands in the slots of a filter."""
    found: list[Blocked] = []
    for name, value in fields.items():
        slot = name.removeprefix("WifiMacFilterMac")
        if slot != name and (mac := mac_address(value)):
            found.append(Blocked(mac=mac, name=text(fields.get(f"wifihostname{slot}"))))
    return tuple(found)


def filters_in(fields: Fields) -> list[dict[str, Any]]:
    """Return the filters of the networks as the page that writes them wants them.

    Some firmware tells mode and slots of each network, some the mode of all and two lists each,
    and a device with one network only that one's.
    """
    if "WifiMacFilterStatus" in fields:
        return [dict(fields)]
    found = [dict(each) for each in elements(fields.get("Ssids"), "Ssid") if isinstance(each, dict)]
    if "wifimacfilterstatus" not in fields:
        return found
    mode = fields["wifimacfilterstatus"] if flag(fields.get("enable")) else "0"
    return [
        {
            "Index": each.get("Index"),
            "WifiMacFilterStatus": mode,
            **(each.get("wifimacwhitelist" if mode == "1" else "wifimacblacklist") or {}),
        }
        for each in found
    ]


@dataclass(frozen=True, kw_only=True)
class MacFilter(Reply):
    """Who is kept out of the Wi-Fi, by hardware address."""

    ENDPOINT: ClassVar[str] = "wlan/multi-macfilter-settings"

    allow_list: bool = derive(
        lambda fields: any(
            count(each.get("WifiMacFilterStatus")) == 1 for each in filters_in(fields)
        ),
        default=False,
    )
    """Whether only those who are listed may come in."""

    blocked: tuple[Blocked, ...] = derive(
        lambda fields: tuple(
            {
                each.mac: each
                for one in filters_in(fields)
                if count(one.get("WifiMacFilterStatus")) == 2  # noqa: PLR2004 - the code for it
                for each in blocked_in(one)
            }.values()
        ),
        default=(),
    )

    def blocks(self, mac: str) -> bool:
        """Tell whether a client is kept out."""
        return any(each.mac == mac for each in self.blocked)
