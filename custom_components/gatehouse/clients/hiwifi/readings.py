"""What can be read: the method of each generation, its data, and the model of its reply."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from .call import Call, Generation
from .models import (
    Access,
    ClientCounts,
    Firmware,
    GuestNetwork,
    Interface,
    Internet,
    LanClients,
    LanPorts,
    Led,
    Network,
    Quality,
    Radios,
    Rates,
    Stations,
    SystemInfo,
    Traffic,
    TxPowers,
    UpgradeProgress,
    Wan,
    WanPort,
)
from .rules import check_mac
from .values import mac_address

_V1: Final = Generation.V1
_V0: Final = Generation.V0

_SLOW: Final = 30
"""Seconds; for what the router has to ask the vendor's server for."""


@dataclass(frozen=True, kw_only=True)
class Method[T]:
    """How one generation tells something."""

    name: str
    parse: Callable[[object], T]
    data: Mapping[str, Any] = field(default_factory=dict)
    timeout: int | None = None
    """Seconds; None for the usual ones."""

    def call(self, generation: Generation) -> Call:
        """Return the call."""
        patience = {} if self.timeout is None else {"timeout": self.timeout}
        return Call(method=self.name, data=self.data, generation=generation, **patience)


@dataclass(frozen=True, kw_only=True)
class Reading[T]:
    """Something that can be read; the same as another one of the same name."""

    name: str
    methods: Mapping[Generation, Method[T]] = field(compare=False, repr=False)
    """A generation that is missing cannot tell."""


SYSTEM: Final = Reading(
    name="system",
    methods={
        _V1: Method(name="system.get_info", parse=SystemInfo.from_data),
        _V0: Method(name="system.sys.get_info", parse=SystemInfo.from_data),
    },
)
"""`system.os.get_info` of the older generation would delete a flag file."""

WAN: Final = Reading(
    name="wan",
    methods={
        _V1: Method(name="wan.get_status", parse=Wan.from_data),
        _V0: Method(name="network.common.get_wan_info", parse=Wan.from_data),
    },
)
INTERNET: Final = Reading(
    name="internet",
    methods={
        _V1: Method(name="wan.get_inet_stat", parse=Internet.from_data),
        _V0: Method(name="network.wan.get_simple_info", parse=Internet.from_data),
    },
)
WAN_PORT: Final = Reading(
    name="wan_port",
    methods={_V1: Method(name="system.board.get_wan_status", parse=WanPort.from_data)},
)
LAN_PORTS: Final = Reading(
    name="lan_ports",
    methods={_V1: Method(name="system.board.get_lan_status", parse=LanPorts.from_data)},
)
RATES: Final = Reading(
    name="rates",
    methods={
        _V1: Method(name="network.ipstat.get_realspeed", parse=Rates.from_data),
        _V0: Method(name="network.traffic.status", parse=Rates.from_byte_rates),
    },
)
TRAFFIC: Final = Reading(
    name="traffic",
    methods={_V1: Method(name="network.ipstat.get_total_load", parse=Traffic.from_data)},
)
CLIENTS: Final = Reading(
    name="clients",
    methods={
        _V1: Method(name="device.sta.list", parse=LanClients.from_data),
        _V0: Method(name="network.common.device_list", parse=LanClients.from_older),
    },
)
"""All that are known, of which many may be away."""

CLIENT_COUNTS: Final = Reading(
    name="client_counts",
    methods={_V1: Method(name="device.sta.get_sta_stat", parse=ClientCounts.from_data)},
)
LED: Final = Reading(
    name="led",
    methods={
        each: Method(name="system.led.get_status", parse=Led.from_data) for each in Generation
    },
)
RADIOS: Final = Reading(
    name="radios",
    methods={
        _V1: Method(name="wireless.get_device_info", parse=Radios.from_data),
        _V0: Method(name="network.wireless.get_24g_info", parse=Radios.from_first_radio),
    },
)
TX_POWERS: Final = Reading(
    name="tx_powers",
    methods={_V1: Method(name="wireless.get_txpwr_list", parse=TxPowers.from_data)},
)
FIRMWARE: Final = Reading(
    name="firmware",
    methods={
        _V1: Method(name="system.upgrade.check", parse=Firmware.from_data, timeout=_SLOW),
        _V0: Method(name="system.rom.check", parse=Firmware.from_data, timeout=_SLOW),
    },
)
UPGRADE_PROGRESS: Final = Reading(
    name="upgrade_progress",
    methods={_V1: Method(name="system.upgrade.get_progress", parse=UpgradeProgress.from_data)},
)


def _network(interface: Interface, older: str) -> Reading[Network]:
    """Return the reading of a main network."""
    data = {"ifname": interface.value}
    return Reading(
        name=f"network_{interface.name.lower()}",
        methods={
            _V1: Method(name="wireless.get_iface_info", parse=Network.from_data, data=data),
            _V0: Method(name=older, parse=Network.from_data),
        },
    )


def _guest(interface: Interface) -> Reading[GuestNetwork]:
    """Return the reading of a guest network."""
    data = {"type": interface.value}
    return Reading(
        name=f"network_{interface.name.lower()}",
        methods={
            _V1: Method(name="wireless.guest.get_status", parse=GuestNetwork.from_data, data=data)
        },
    )


def _quality(interface: Interface) -> Reading[Quality]:
    """Return the reading of how much the channel of a main network is disturbed."""
    data = {"ifname": interface.value}
    return Reading(
        name=f"quality_{interface.name.lower()}",
        methods={_V1: Method(name="wireless.get_quality", parse=Quality.from_data, data=data)},
    )


def _stations(interface: Interface) -> Reading[Stations]:
    """Return the reading of the clients of a network, as its radio sees them."""
    data = {"ifname": interface.value}
    return Reading(
        name=f"stations_{interface.name.lower()}",
        methods={_V1: Method(name="wireless.get_stalist", parse=Stations.from_data, data=data)},
    )


NETWORKS: Final[Mapping[Interface, Reading[Network]]] = {
    Interface.MAIN_2_4: _network(Interface.MAIN_2_4, "network.wireless.get_24g_info"),
    Interface.MAIN_5: _network(Interface.MAIN_5, "network.wireless.get_5g_info"),
}
GUEST_NETWORKS: Final[Mapping[Interface, Reading[GuestNetwork]]] = {
    each: _guest(each) for each in (Interface.GUEST_2_4, Interface.GUEST_5)
}
QUALITIES: Final[Mapping[Interface, Reading[Quality]]] = {
    each: _quality(each) for each in (Interface.MAIN_2_4, Interface.MAIN_5)
}
STATIONS: Final[Mapping[Interface, Reading[Stations]]] = {
    each: _stations(each) for each in Interface
}


def access(address: str) -> Reading[Access]:
    """Return the reading of whether a client may use the internet.

    Raises ValueError where the hardware address is none.
    """
    check_mac(address)
    found = mac_address(address) or ""
    return Reading(
        name=f"access_{found}",
        methods={
            _V1: Method(
                name="device.macfilter.check_status",
                parse=Access.from_data,
                data={"mac": found.upper()},
            ),
            _V0: Method(
                name="network.device.get_black_list",
                parse=partial(Access.from_black_list, address=found),
            ),
        },
    )
