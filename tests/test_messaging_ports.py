"""The order in which ports are tried."""

from collections import Counter

import pytest

from custom_components.gatehouse.const import CONF_FIXED_PORT, CONF_PORT_POLICY
from custom_components.gatehouse.families.sms import Line, PortPolicy
from custom_components.gatehouse.messaging.ports import order_ports

LINES = [Line(number=number, usable=number != 3) for number in (4, 2, 1, 3)]


@pytest.mark.parametrize(
    ("policy", "preferred", "latest", "expected"),
    [
        (PortPolicy.FIRST_AVAILABLE, None, None, [1, 2, 4]),
        (PortPolicy.FIRST_AVAILABLE, 4, None, [4, 1, 2]),
        (PortPolicy.FIRST_AVAILABLE, 3, None, [1, 2, 4]),
        (PortPolicy.ROUND_ROBIN, None, None, [1, 2, 4]),
        (PortPolicy.ROUND_ROBIN, None, 1, [2, 4, 1]),
        (PortPolicy.ROUND_ROBIN, None, 3, [4, 1, 2]),
        (PortPolicy.ROUND_ROBIN, None, 9, [1, 2, 4]),
        (PortPolicy.LEAST_USED, None, None, [2, 4, 1]),
        (PortPolicy.LEAST_USED, 1, None, [1, 2, 4]),
        (PortPolicy.FIXED, None, None, [2]),
        (PortPolicy.FIXED, 4, None, [4, 2]),
    ],
)
def test_order(
    policy: PortPolicy, preferred: int | None, latest: int | None, expected: list[int]
) -> None:
    """Each policy has its order; a preferred port comes first; what cannot send is left out."""
    ports = order_ports(
        LINES,
        {CONF_PORT_POLICY: policy.value, CONF_FIXED_PORT: 2},
        preferred=preferred,
        usage=Counter({1: 5, 4: 1}),
        latest=latest,
    )
    assert ports == expected


def test_fixed_port_that_cannot_send() -> None:
    """Nothing takes its place."""
    options = {CONF_PORT_POLICY: "fixed", CONF_FIXED_PORT: 3}
    assert order_ports(LINES, options, preferred=None, usage=Counter(), latest=None) == []
