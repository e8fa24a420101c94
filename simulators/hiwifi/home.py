"""The clients of the simulated house, all of them invented."""

from simulators.hiwifi.household import WIRE, Client
from simulators.hiwifi.traffic import Load


def clients(*, five_ghz: bool) -> list[Client]:
    """Return a new household; on a model with one band everybody uses that one."""
    fast = "masterac" if five_ghz else "master"
    return [
        Client(
            mac="020000A05301",
            name="O'Neil 的手机",
            kind="phone",
            ifname=fast,
            ip="192.168.199.101",
            rssi=-52,
            load=Load(download=6_000_000, upload=400_000, phase=0.0),
        ),
        Client(
            mac="020000A05302",
            name="Tablet",
            kind="pad",
            ifname="master",
            ip="192.168.199.102",
            rssi=-67,
            load=Load(download=900_000, upload=60_000, phase=1.1),
        ),
        Client(
            mac="020000A05303",
            name="客厅电视",
            kind="tv",
            ip="192.168.199.103",
            load=Load(download=12_000_000, upload=150_000, phase=2.3),
        ),
        Client(
            mac="020000A05304",
            name="Printer",
            kind="other",
            ip="192.168.199.104",
            load=Load(download=2_000, upload=1_000, phase=0.7),
        ),
        Client(
            mac="020000A05305",
            name="",
            kind="",
            ifname="master",
            ip="192.168.199.105",
            rssi=-81,
            load=Load(download=8_000, upload=12_000, phase=4.2),
        ),
        Client(
            mac="020000A05306",
            name="Laptop",
            kind="pc",
            ifname=fast,
            ip="192.168.199.106",
            rssi=-58,
            load=Load(download=3_000_000, upload=900_000, phase=5.0),
            present=False,
        ),
        Client(
            mac="020000A05307",
            name="Visitor",
            kind="phone",
            ifname="guest",
            ip="192.168.199.107",
            rssi=-70,
            load=Load(download=700_000, upload=90_000, phase=3.4),
        ),
    ]


def visitor(mac: str, name: str, ifname: str, number: int) -> Client:
    """Return a client that was never seen."""
    return Client(
        mac=mac,
        name=name,
        kind="",
        ifname=ifname,
        ip=f"192.168.199.{101 + number}",
        rssi=0 if ifname == WIRE else -60,
        load=Load(download=100_000, upload=20_000, phase=0.0),
        present=False,
    )
