"""Endpoints under /otbr that concern the Thread network."""

import ipaddress
from typing import Any, Final

from simulators.gl_s20 import identity
from simulators.gl_s20.air import THREAD_NETWORKS
from simulators.gl_s20.device import Device
from simulators.gl_s20.endpoint import Endpoint, command, reading
from simulators.gl_s20.errors import Code, DeviceError
from simulators.gl_s20.network import DEFAULT_PASSPHRASE, Network
from simulators.gl_s20.options import PanIdInput, PanIdStyle
from simulators.gl_s20.request import Request, refused
from simulators.gl_s20.thread import NO_RLOC16, RLOC16S, Role
from simulators.gl_s20.wire import Fields

THREAD_VERSION: Final = "v1.3"
OTBR_VERSION: Final = "0.3.0-simulated"
RCP_VERSION: Final = "openthread-esp32/simulated; esp32h2; 2026-01-01 00:00:00 UTC"
API_VERSION: Final = 370
PSKD: Final = "[0-9A-HJ-NPR-Y]{6,32}"
NETWORK_KEY: Final = "[0-9a-fA-F]{32}"
EXTENDED_PAN_ID: Final = "[0-9a-fA-F]{16}"
NAME_BYTES: Final = range(1, 17)
PASSPHRASE_BYTES: Final = range(6, 256)
CHANNELS: Final = (11, 26)
PAN_IDS: Final = (1, 0xFFFE)
TX_POWERS: Final = (-24, 20)
KEY_TYPE: Final = "networkKeyType"
PSKD_TYPE: Final = "pskdType"


def get_status(device: Device, _: Request) -> Fields:
    """Return the state of the border router."""
    thread, options = device.thread, device.options
    role = thread.role(device.now, options)
    version = API_VERSION if options.numeric_api_version else str(API_VERSION)
    return {
        "OpenThreadVersionAPI": version,
        "OTBRVersion": OTBR_VERSION,
        "ThreadVersion": THREAD_VERSION,
        "Network": _network(device, role),
        "RCP": {
            "State": int(role),
            "RCPVersion": RCP_VERSION,
            "ExtAddress": identity.EXTENDED_ADDRESS,
            "EUI64": identity.EUI64,
            "TXPower": thread.tx_power,
            "Rloc16": RLOC16S.get(role, NO_RLOC16),
        },
    }


def _network(device: Device, role: Role) -> Fields:
    """Return the fields of the network."""
    network, options = device.thread.network, device.options
    prefix = _prefix(_on_mesh_prefix(network))
    return {
        "Channel": network.channel,
        "ExtPanId": network.extended_pan_id,
        "NetworkKey": network.key,
        "NetworkName": network.name,
        "PanId": _pan_id(network.pan_id, options.pan_id_style),
        "PSKc": network.pskc,
        "Passphrase": network.passphrase,
        "MeshLocalPrefix": _prefix(network.mesh_local_prefix),
        "OnMeshPrefix": [prefix] if options.on_mesh_prefix_list else prefix,
        "IPv6": _addresses(network, role),
        "ActiveDataset": network.dataset if device.thread.formed else "",
    }


def _pan_id(pan_id: int, style: PanIdStyle) -> str | int:
    """Return a PAN ID as this firmware writes it."""
    match style:
        case PanIdStyle.HEX_STRING:
            return f"0x{pan_id:04x}"
        case PanIdStyle.DECIMAL_STRING:
            return str(pan_id)
        case PanIdStyle.NUMBER:
            return pan_id


def _on_mesh_prefix(network: Network) -> str:
    """Return the first half of the addresses with which devices of the mesh reach the house."""
    return f"fd{network.extended_pan_id[:14]}"


def _addresses(network: Network, role: Role) -> list[str]:
    """Return the IPv6 addresses on the mesh."""
    link_local = _address("fe80000000000000" + identity.EXTENDED_ADDRESS)
    if role < Role.CHILD:
        return [link_local] if role is Role.DETACHED else []
    return [
        _address(f"{network.mesh_local_prefix}000000fffe00{RLOC16S[role]:04x}"),
        _address(network.mesh_local_prefix + identity.EXTENDED_ADDRESS),
        _address(_on_mesh_prefix(network) + identity.EXTENDED_ADDRESS),
        link_local,
    ]


def _address(digits: str) -> str:
    """Return hex digits as an IPv6 address."""
    return str(ipaddress.IPv6Address(int(digits, 16)))


def _prefix(digits: str) -> str:
    """Return the hex digits of the first half of an address as a prefix."""
    return str(ipaddress.IPv6Network((int(digits, 16) << 64, 64)))


def scan(device: Device, _: Request) -> Fields:
    """Return the networks of others."""
    return {
        "ScanList": [
            {
                "Channel": each.network.channel,
                "Rssi": each.rssi,
                "Lqi": each.lqi,
                "NetworkName": each.network.name,
                "ExtPanId": each.network.extended_pan_id,
                "PanId": each.network.pan_id,
            }
            for each in THREAD_NETWORKS
            if each.network.extended_pan_id != device.thread.network.extended_pan_id
        ]
    }


def join(device: Device, request: Request) -> Fields:
    """Begin to join somebody else's network."""
    kind = request.text("CredentialType", f"{KEY_TYPE}|{PSKD_TYPE}")
    if kind == PSKD_TYPE:
        device.thread.join_with_pskd(device.now, request.text("PSKd", PSKD), device.options)
    else:
        device.thread.join_with_key(
            device.now,
            key=request.text("NetworkKey", NETWORK_KEY).lower(),
            channel=request.number("Channel", *CHANNELS),
            pan_id=_sent_pan_id(device, request),
        )
    return {}


def get_join_status(device: Device, request: Request) -> Fields:
    """Return how far joining with a PSKd is."""
    request.text("CredentialType", PSKD_TYPE)
    return {"status": int(device.thread.join_state(device.now, device.options))}


def set_config(device: Device, request: Request) -> Fields:
    """Change the parameters of the network."""
    name = request.text("NetworkName")
    if len(name.encode()) not in NAME_BYTES:
        raise refused("NetworkName")
    passphrase = request.text("Passphrase", default=DEFAULT_PASSPHRASE)
    if len(passphrase.encode()) not in PASSPHRASE_BYTES:
        raise refused("Passphrase")
    device.thread.set_network(
        device.now,
        name=name,
        passphrase=passphrase,
        extended_pan_id=request.text("ExtPanId", EXTENDED_PAN_ID).lower(),
        key=request.text("NetworkKey", NETWORK_KEY).lower(),
        channel=request.number("Channel", *CHANNELS),
        pan_id=_sent_pan_id(device, request),
    )
    return {}


def _sent_pan_id(device: Device, request: Request) -> int:
    """Return a PAN ID in the form this firmware wants."""
    if device.options.pan_id_input is PanIdInput.NUMBER:
        return request.number("PanId", *PAN_IDS)
    pan_id = int(request.text("PanId", "0x[0-9a-fA-F]{1,4}|[0-9]{1,5}"), 0)
    if not PAN_IDS[0] <= pan_id <= PAN_IDS[1]:
        raise refused("PanId")
    return pan_id


def stop(device: Device, _: Request) -> Fields:
    """Leave the network."""
    device.thread.stop()
    return {}


def start(device: Device, _: Request) -> Fields:
    """Enter or form the network; nothing happens when already in it."""
    if not device.thread.enabled:
        device.thread.start(device.now)
    return {}


def generate_thread_network(device: Device, _: Request) -> Fields:
    """Make up another network."""
    network = device.thread.propose()
    if device.options.generate_applies:
        device.thread.replace_network(network, device.now)
        return {}
    return {
        "NetworkName": network.name,
        "ExtPanId": network.extended_pan_id,
        "PanId": network.pan_id,
        "Passphrase": network.passphrase,
        "NetworkKey": network.key,
        "Channel": network.channel,
    }


def set_txpower(device: Device, request: Request) -> Fields:
    """Change the transmit power; the radio may not do as much."""
    wanted = request.number("TXPower", *TX_POWERS)
    device.thread.tx_power = min(wanted, device.options.tx_power_limit)
    return {}


def get_bbr_status(device: Device, _: Request) -> Fields:
    """Return whether the device is a backbone router."""
    thread = device.thread
    active = thread.bbr_enabled and thread.in_network(device.now, device.options)
    names: tuple[Any, Any] = ("Disabled", "Primary") if device.options.bbr_state_names else (0, 1)
    return {"State": names[active]}


def enable_bbr(device: Device, _: Request) -> Fields:
    """Become a backbone router."""
    device.thread.bbr_enabled = True
    return {}


def disable_bbr(device: Device, _: Request) -> Fields:
    """Be no backbone router any longer."""
    device.thread.bbr_enabled = False
    return {}


def set_commissioning(device: Device, request: Request) -> Fields:
    """Switch the commissioner, which needs a network."""
    if not request.boolean("Enable"):
        device.commissioner.disable()
    elif device.thread.in_network(device.now, device.options):
        device.commissioner.enable(device.now, device.options)
    else:
        raise DeviceError(Code.FAILED, "Not in a Thread network")
    return {}


def get_commissioning_status(device: Device, _: Request) -> Fields:
    """Return the state of the commissioner."""
    active = device.commissioner.active(device.now)
    return {"State": device.options.active_commissioner if active else 0}


ENDPOINTS: Final = {
    "otbr/get_status": reading(get_status),
    "otbr/scan": Endpoint(
        method="GET", handler=scan, occupied_seconds=lambda options: options.scan_seconds
    ),
    "otbr/get_join_status": command(get_join_status),
    "otbr/join": command(join),
    "otbr/set_config": command(set_config),
    "otbr/stop": command(stop),
    "otbr/start": command(start),
    "otbr/generate_thread_network": reading(generate_thread_network),
    "otbr/set_txpower": command(set_txpower),
    "otbr/set_commissioning": command(set_commissioning),
    "otbr/get_commissioning_status": reading(get_commissioning_status),
    "otbr/get_bbr_status": reading(get_bbr_status),
    "otbr/disable_bbr": command(disable_bbr),
    "otbr/enable_bbr": command(enable_bbr),
}
