"""Meaning of the codes of HiLink devices."""

import pytest

from custom_components.gatehouse.clients.hilink.models import (
    ConvergedStatus,
    Operator,
    Signal,
    Status,
)
from custom_components.gatehouse.clients.hilink.network import (
    ConnectionState,
    NetworkType,
    SimState,
    connection_state,
    generation,
    network_type,
    sim_state,
)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (900, ConnectionState.CONNECTING),
        (901, ConnectionState.CONNECTED),
        (902, ConnectionState.DISCONNECTED),
        (903, ConnectionState.DISCONNECTING),
        (904, ConnectionState.FAILED),
        (905, ConnectionState.NO_SERVICE),
        (906, ConnectionState.ERROR),
        (2, ConnectionState.WRONG_PROFILE),
        (27, ConnectionState.WRONG_PROFILE),
        (33, ConnectionState.WRONG_PROFILE),
        (65538, ConnectionState.WRONG_PROFILE),
        (131073, ConnectionState.WRONG_PROFILE),
        (7, ConnectionState.ACCESS_DENIED),
        (37, ConnectionState.ACCESS_DENIED),
        (131079, ConnectionState.ACCESS_DENIED),
        (12, ConnectionState.ROAMING_FORBIDDEN),
        (13, ConnectionState.ROAMING_FORBIDDEN),
        (112, ConnectionState.AUTOMATIC_OFF),
        (113, ConnectionState.AUTOMATIC_OFF_ROAMING),
        (114, ConnectionState.REDIAL_OFF),
        (115, ConnectionState.REDIAL_OFF_ROAMING),
        (201, ConnectionState.LIMIT_EXCEEDED),
        (34, None),
        (999, None),
        (None, None),
    ],
)
def test_connection_state(code: int | None, expected: ConnectionState | None) -> None:
    """A code without a known meaning is not given one."""
    assert connection_state(Status(connection_status=code)) is expected


@pytest.mark.parametrize(
    ("basic", "extended", "expected"),
    [
        (9, 46, NetworkType.DC_HSPA_PLUS),
        (19, 101, NetworkType.LTE),
        (19, 1011, NetworkType.LTE_PLUS),
        (19, None, NetworkType.LTE),
        (19, 0, NetworkType.LTE),
        (19, 4711, NetworkType.LTE),
        (0, 0, NetworkType.NONE),
        (0, None, NetworkType.NONE),
        (None, 0, NetworkType.NONE),
        (1, None, NetworkType.GSM),
        (2, 2, NetworkType.GPRS),
        (3, 3, NetworkType.EDGE),
        (4, 41, NetworkType.UMTS),
        (5, 42, NetworkType.HSDPA),
        (6, 43, NetworkType.HSUPA),
        (7, 44, NetworkType.HSPA),
        (9, 45, NetworkType.HSPA_PLUS),
        (17, None, NetworkType.HSPA_PLUS),
        (8, 62, NetworkType.TD_SCDMA),
        (12, 24, NetworkType.CDMA),
        (None, 81, NetworkType.WIMAX),
        (20, None, NetworkType.NR_SA),
        (None, 111, NetworkType.NR_SA),
        (4711, None, None),
        (None, None, None),
    ],
)
def test_network_type_of_status(
    basic: int | None, extended: int | None, expected: NetworkType | None
) -> None:
    """The newer list counts, the older one where the newer has nothing."""
    assert network_type(Status(network_type=basic, network_type_ex=extended)) is expected


LTE_WITH_NR = Signal(mode=7, rsrp=-85.0, nr_rsrp=-74.0)


@pytest.mark.parametrize(
    ("status", "signal", "expected"),
    [
        (Status(network_type_ex=1011, endc=True, signal_icon_nr=5), None, NetworkType.NR_NSA),
        (Status(network_type_ex=1011, endc=True, signal_icon_nr=0), None, NetworkType.LTE_PLUS),
        (Status(network_type_ex=1011, endc=True), LTE_WITH_NR, NetworkType.NR_NSA),
        (Status(network_type_ex=101), LTE_WITH_NR, NetworkType.NR_NSA),
        (Status(network_type_ex=111), LTE_WITH_NR, NetworkType.NR_NSA),
        (Status(), LTE_WITH_NR, NetworkType.NR_NSA),
        (Status(network_type=19), Signal(rsrp=-85.0, nr_rsrp=-74.0), NetworkType.NR_NSA),
        (Status(network_type_ex=101, endc=False), LTE_WITH_NR, NetworkType.LTE),
        (Status(network_type_ex=101), Signal(mode=7, rsrp=-85.0), NetworkType.LTE),
        (Status(network_type_ex=46), LTE_WITH_NR, NetworkType.DC_HSPA_PLUS),
        (Status(network_type_ex=0, endc=True, signal_icon_nr=5), None, NetworkType.NONE),
        (Status(network_type_ex=111), Signal(mode=12, nr_rsrp=-70.0), NetworkType.NR_SA),
        (Status(network_type_ex=101), Signal(mode=12, nr_rsrp=-70.0), NetworkType.NR_SA),
        (
            Status(network_type_ex=111),
            Signal(mode=12, rsrp=-70.0, nr_rsrp=-70.0),
            NetworkType.NR_SA,
        ),
    ],
)
def test_5g(status: Status, signal: Signal | None, expected: NetworkType) -> None:
    """5G beside LTE is seen from its carrier, unless the device denies that it carries data."""
    assert network_type(status, signal) is expected


@pytest.mark.parametrize(
    ("signal", "operator", "expected"),
    [
        (None, Operator(rat=0), NetworkType.GSM),
        (None, Operator(rat=2), NetworkType.UMTS),
        (None, Operator(rat=5), NetworkType.HSPA),
        (None, Operator(rat=7), NetworkType.LTE),
        (None, Operator(rat=12), NetworkType.NR_SA),
        (Signal(mode=0), None, NetworkType.GSM),
        (Signal(mode=2), None, NetworkType.UMTS),
        (Signal(mode=7), Operator(), NetworkType.LTE),
        (Signal(), Operator(rat=99), None),
    ],
)
def test_network_type_without_status(
    signal: Signal | None, operator: Operator | None, expected: NetworkType | None
) -> None:
    """Where the status is silent, the operator and the signal still tell the generation."""
    assert network_type(Status(), signal, operator) is expected


def test_operator_in_5g_standalone() -> None:
    """The operator knows 5G standalone before the status does."""
    assert network_type(Status(network_type=19), None, Operator(rat=12)) is NetworkType.NR_SA


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (NetworkType.NONE, None),
        (NetworkType.EDGE, "2G"),
        (NetworkType.DC_HSPA_PLUS, "3G"),
        (NetworkType.LTE_PLUS, "4G"),
        (NetworkType.NR_NSA, "5G"),
        (NetworkType.NR_SA, "5G"),
    ],
)
def test_generation(kind: NetworkType, expected: str | None) -> None:
    """People know the generations."""
    assert generation(kind) == expected


def test_every_network_has_a_generation() -> None:
    """A type that is added needs its generation."""
    assert [kind for kind in NetworkType if generation(kind) is None] == [NetworkType.NONE]


@pytest.mark.parametrize(
    ("state", "status", "expected"),
    [
        (257, Status(), SimState.READY),
        (258, None, SimState.READY),
        (259, None, SimState.READY),
        (255, Status(sim_status=1), SimState.READY),
        (257, Status(sim_status=255), SimState.NONE),
        (256, None, SimState.INVALID),
        (260, Status(sim_status=0), SimState.PIN_REQUIRED),
        (261, None, SimState.PUK_REQUIRED),
        (257, Status(sim_locked=True), SimState.LOCKED),
        (260, Status(sim_locked=True), SimState.PIN_REQUIRED),
        (None, Status(sim_locked=True), SimState.LOCKED),
        (4711, Status(sim_status=1), SimState.READY),
        (None, Status(sim_status=1), SimState.READY),
        (None, Status(sim_status=240), SimState.READY),
        (None, Status(sim_status=0), SimState.INVALID),
        (None, Status(sim_status=4), SimState.INVALID),
        (None, Status(sim_status=255), SimState.NONE),
        (None, Status(sim_status=99), None),
        (None, Status(), None),
        (None, None, None),
    ],
)
def test_sim_state(state: int | None, status: Status | None, expected: SimState | None) -> None:
    """The finer list counts, and a card bound elsewhere is of no use however ready."""
    assert sim_state(ConvergedStatus(sim_state=state), status) is expected


def test_sim_state_without_converged_status() -> None:
    """Old sticks have the coarse list only."""
    assert sim_state(None, Status(sim_status=1)) is SimState.READY
