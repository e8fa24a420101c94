"""The data plan of a HiLink device: what is agreed, what is used, and what is to be expected."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.components.number.const import NumberDeviceClass, NumberMode
from homeassistant.components.sensor import SensorDeviceClass
from homeassistant.const import EntityCategory, UnitOfInformation, UnitOfRatio
from homeassistant.util import dt as dt_util
import voluptuous as vol

from ...clients.hilink.client import HilinkClient
from ...errors import input_error
from ..actions import ActionCall, GatehouseAction
from ..descriptions import (
    GatehouseBinarySensorDescription,
    GatehouseNumberDescription,
    GatehouseSensorDescription,
)
from ..readings import Snapshot
from .billing import BillingMonth, billing_month, projected_use
from .readings import DATA_PLAN, MONTH

AMOUNT: Final[Mapping[str, Any]] = {
    "device_class": SensorDeviceClass.DATA_SIZE,
    "native_unit_of_measurement": UnitOfInformation.BYTES,
    # The devices' own pages and the data plans entered there mean this by "GB".
    "suggested_unit_of_measurement": UnitOfInformation.GIBIBYTES,
    "suggested_display_precision": 2,
}

_GIBIBYTE: Final = 1024**3
_MOST_GIBIBYTES: Final = 100_000
_LAST_DAY: Final = 31
_WHOLE: Final = 100
"""Percent."""


def _month(data: Snapshot) -> BillingMonth | None:
    """Return the month of the plan in which the use was read; None without a billing day."""
    if (start_day := data[DATA_PLAN].start_day) is None:
        return None
    return billing_month(dt_util.as_local(data.read_at(MONTH)).date(), start_day)


def _used(data: Snapshot) -> int | None:
    """Return the bytes used this month, as far as that is current."""
    month = data.get(MONTH)
    return None if month is None else month.month_total


def _data_left(data: Snapshot) -> int | None:
    """Return how much of the month's allowance is left, in bytes."""
    limit, used = data[DATA_PLAN].data_limit, _used(data)
    return None if limit is None or used is None else max(0, limit - used)


def _projected(data: Snapshot) -> int | None:
    """Return the bytes that will have been used when the month ends."""
    used = _used(data)
    if used is None or (month := _month(data)) is None:
        return None
    return projected_use(
        used,
        now=dt_util.as_local(data.read_at(MONTH)),
        month=month,
        cleared=data[MONTH].last_clear,
    )


def _renewal(data: Snapshot) -> date | None:
    """Return the day on which the plan renews."""
    if not data.ok(MONTH) or (month := _month(data)) is None:
        return None
    return month.following


def _is_nearly_used_up(data: Snapshot) -> bool | None:
    """Tell whether the use has reached the part of the allowance that the owner set."""
    plan, used = data[DATA_PLAN], _used(data)
    if plan.data_limit is None or plan.month_threshold is None or used is None:
        return None
    return used * _WHOLE >= plan.data_limit * plan.month_threshold


def _gibibytes(data: Snapshot) -> float:
    """Return the allowance; 0 stands for none, on the device as here."""
    return (data[DATA_PLAN].data_limit or 0) / _GIBIBYTE


async def _set_data_plan(call: ActionCall[HilinkClient]) -> None:
    """Change the data plan."""
    fields = call.fields
    if not fields:
        raise input_error("nothing_to_change")
    allowance = _checked(fields.get("allowance"), "allowance", 0, _MOST_GIBIBYTES)
    day = _checked(fields.get("billing_day"), "billing_day", 1, _LAST_DAY)
    warning = _checked(fields.get("warning"), "warning", 0, _WHOLE)
    await call.client.data_plan_settings.set(
        data_limit=None if allowance is None else round(allowance * _GIBIBYTE),
        start_day=None if day is None else int(day),
        month_threshold=None if warning is None else int(warning),
    )


def _checked(value: float | None, field: str, low: int, high: int) -> float | None:
    """Return a number that can be right. Raises a translated error."""
    if value is not None and not low <= value <= high:
        raise input_error("out_of_range", field=field, low=str(low), high=str(high))
    return value


PLAN_SENSORS: Final = (
    GatehouseSensorDescription(
        key="data_left",
        reading=DATA_PLAN,
        also_reads=(MONTH,),
        exists_fn=lambda data: _data_left(data) is not None,
        value_fn=_data_left,
        **AMOUNT,
    ),
    GatehouseSensorDescription(
        key="projected_use",
        reading=DATA_PLAN,
        also_reads=(MONTH,),
        exists_fn=lambda data: data[DATA_PLAN].start_day is not None and _used(data) is not None,
        value_fn=_projected,
        **AMOUNT,
    ),
    GatehouseSensorDescription(
        key="plan_renewal",
        reading=DATA_PLAN,
        also_reads=(MONTH,),
        device_class=SensorDeviceClass.DATE,
        entity_category=EntityCategory.DIAGNOSTIC,
        exists_fn=lambda data: _renewal(data) is not None,
        value_fn=_renewal,
    ),
)

PLAN_BINARY_SENSORS: Final = (
    GatehouseBinarySensorDescription(
        key="data_nearly_used_up",
        reading=DATA_PLAN,
        also_reads=(MONTH,),
        device_class=BinarySensorDeviceClass.PROBLEM,
        exists_fn=lambda data: _is_nearly_used_up(data) is not None,
        value_fn=_is_nearly_used_up,
    ),
)

PLAN_NUMBERS: Final = (
    GatehouseNumberDescription[HilinkClient](
        key="data_limit",
        reading=DATA_PLAN,
        device_class=NumberDeviceClass.DATA_SIZE,
        entity_category=EntityCategory.CONFIG,
        native_unit_of_measurement=UnitOfInformation.GIBIBYTES,
        native_min_value=0,
        native_max_value=_MOST_GIBIBYTES,
        native_step=0.1,
        mode=NumberMode.BOX,
        value_fn=_gibibytes,
        set_fn=lambda client, value: client.data_plan_settings.set(
            data_limit=round(value * _GIBIBYTE)
        ),
        read_back=(DATA_PLAN, MONTH),
    ),
    GatehouseNumberDescription[HilinkClient](
        key="billing_day",
        reading=DATA_PLAN,
        entity_category=EntityCategory.CONFIG,
        native_min_value=1,
        native_max_value=_LAST_DAY,
        native_step=1,
        mode=NumberMode.BOX,
        exists_fn=lambda data: data[DATA_PLAN].start_day is not None,
        value_fn=lambda data: data[DATA_PLAN].start_day,
        set_fn=lambda client, value: client.data_plan_settings.set(start_day=int(value)),
        read_back=(DATA_PLAN, MONTH),
    ),
    GatehouseNumberDescription[HilinkClient](
        key="data_warning",
        reading=DATA_PLAN,
        entity_category=EntityCategory.CONFIG,
        native_unit_of_measurement=UnitOfRatio.PERCENTAGE,
        native_min_value=0,
        native_max_value=_WHOLE,
        native_step=1,
        mode=NumberMode.BOX,
        exists_fn=lambda data: data[DATA_PLAN].month_threshold is not None,
        value_fn=lambda data: data[DATA_PLAN].month_threshold,
        set_fn=lambda client, value: client.data_plan_settings.set(month_threshold=int(value)),
        read_back=(DATA_PLAN, MONTH),
    ),
)

PLAN_ACTIONS: Final = (
    GatehouseAction[HilinkClient](
        name="set_data_plan",
        fields={
            vol.Optional("allowance"): vol.Coerce(float),
            vol.Optional("billing_day"): vol.Coerce(int),
            vol.Optional("warning"): vol.Coerce(int),
        },
        run=_set_data_plan,
        admin=True,
        read_back=(DATA_PLAN, MONTH),
    ),
)
