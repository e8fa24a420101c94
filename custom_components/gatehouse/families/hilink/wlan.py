"""The Wi-Fi of a HiLink device: switches, codes to join it, and its guests.

A Home Assistant that is connected by the Wi-Fi that it switches off cuts itself off.
"""

from typing import Final

from homeassistant.components.sensor.const import SensorDeviceClass
from homeassistant.const import EntityCategory, UnitOfTime
from yarl import URL

from ...clients.hilink.client import HilinkClient
from ...clients.hilink.models import GuestTime, Radios, WifiNetwork, WifiNetworks
from ...clients.hilink.xml import Fields
from ...clients.secret import Secret
from ..descriptions import (
    GatehouseButtonDescription,
    GatehouseImageDescription,
    GatehouseSensorDescription,
    GatehouseSwitchDescription,
)
from ..readings import Cadence, Reading, Snapshot
from ..wifi_code import wifi_code
from .readings import STATUS

BAND_2_4: Final = "2.4 GHz"
BAND_5: Final = "5 GHz"

RADIOS: Final = Reading[HilinkClient, Radios](
    name="wifi_radios", fetch=lambda client: client.wlan.radios(), cadence=Cadence.SLOW
)
"""The status, which is read all the time, tells whether any is on."""

NETWORKS: Final = Reading[HilinkClient, WifiNetworks](
    name="wifi_networks", fetch=lambda client: client.wlan.networks(), cadence=Cadence.SLOW
)
GUEST_TIME: Final = Reading[HilinkClient, GuestTime](
    name="guest_time", fetch=lambda client: client.wlan.guest_time(), cadence=Cadence.SLOW
)
WPS: Final = Reading[HilinkClient, Fields](
    name="wps", fetch=lambda client: client.wlan.wps(), cadence=Cadence.DAILY
)

KEYS: Final = Reading[HilinkClient, WifiNetworks](
    name="wifi_keys", fetch=lambda client: client.wlan.keys(), cadence=Cadence.DAILY
)
"""The same networks; newer firmware shows their keys only to who asks for them."""

WIFI_READINGS: Final = (RADIOS, NETWORKS, GUEST_TIME, WPS, KEYS)


def _wifi_enabled(data: Snapshot) -> bool | None:
    """Tell whether any radio is on."""
    status = data.get(STATUS)
    told = status.wifi_status if status else None
    return data[RADIOS].enabled if told is None else told


def _radio_enabled(data: Snapshot, band: str) -> bool | None:
    """Tell whether the radio of a band is on; None where there is none."""
    radios = data.last(RADIOS)
    enabled = radios.of_band(band) if radios else None
    return enabled and _wifi_enabled(data)


def _is_carried(data: Snapshot, network: WifiNetwork) -> bool:
    """Tell whether the radio of a network is on, as far as the device says."""
    return _radio_enabled(data, network.band) is not False


def _guests_enabled(data: Snapshot) -> bool | None:
    """Tell whether guests can connect."""
    known = [
        each.enabled and _is_carried(data, each)
        for each in data[NETWORKS].guests
        if each.enabled is not None
    ]
    return any(known) if known else None


def _guests_objection(data: Snapshot, _: URL, on: bool) -> str | None:  # noqa: FBT001 - as switches do
    """Object to opening a network whose radio is off: the device would not even note it."""
    carried = any(_is_carried(data, each) for each in data[NETWORKS].guests)
    return "wifi_is_off" if on and not carried else None


def _band(key: str, band: str) -> GatehouseSwitchDescription[HilinkClient]:
    """Describe the switch of one radio, of a device that has two."""
    return GatehouseSwitchDescription[HilinkClient](
        key=key,
        entity_category=EntityCategory.CONFIG,
        reading=RADIOS,
        also_reads=(STATUS,),
        exists_fn=lambda data: (
            data[RADIOS].of_band(band) is not None and len(data[RADIOS].radios) > 1
        ),
        value_fn=lambda data: _radio_enabled(data, band),
        set_fn=lambda client, on: client.wlan.set_radios(on=on, band=band),
        read_back=(STATUS, RADIOS, NETWORKS),
    )


WIFI_SWITCHES: Final = (
    GatehouseSwitchDescription[HilinkClient](
        key="wifi",
        entity_category=EntityCategory.CONFIG,
        reading=RADIOS,
        also_reads=(STATUS,),
        exists_fn=lambda data: data[RADIOS].enabled is not None,
        value_fn=_wifi_enabled,
        set_fn=lambda client, on: client.wlan.set_radios(on=on),
        read_back=(STATUS, RADIOS, NETWORKS),
    ),
    _band("wifi_2_4", BAND_2_4),
    _band("wifi_5", BAND_5),
    GatehouseSwitchDescription[HilinkClient](
        key="guest_wifi",
        entity_category=EntityCategory.CONFIG,
        reading=NETWORKS,
        also_reads=(STATUS, RADIOS),
        exists_fn=lambda data: _guests_enabled(data) is not None,
        value_fn=_guests_enabled,
        set_fn=lambda client, on: client.wlan.set_guests_enabled(on=on),
        read_back=(NETWORKS, RADIOS),
        objection_fn=_guests_objection,
    ),
    GatehouseSwitchDescription[HilinkClient](
        key="band_steering",
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
        reading=NETWORKS,
        exists_fn=lambda data: (
            data[NETWORKS].band_steering is not None
            and data[NETWORKS].find(BAND_5, guest=False) is not None
        ),
        value_fn=lambda data: data[NETWORKS].band_steering,
        set_fn=lambda client, on: client.wlan.set_band_steering(on=on),
        read_back=(NETWORKS,),
    ),
)


def _key(data: Snapshot, network: WifiNetwork) -> Secret[str] | None:
    """Return the key of a network, None where the device does not show it."""
    if network.key or (known := data.get(KEYS)) is None:
        return network.key
    return next(
        (each.key for each in known.networks if each.identifier == network.identifier), None
    )


def _code(data: Snapshot, band: str, *, guest: bool) -> Secret[str] | None:
    """Return the text with which a phone joins a network, None while that is off or not known."""
    network = data[NETWORKS].find(band, guest=guest)
    if network is None or not network.enabled or not _is_carried(data, network):
        return None
    return wifi_code(
        ssid=network.ssid,
        authentication="nopass" if network.encryption == "none" else "WPA",
        key=_key(data, network),
        hidden=network.hidden,
    )


def _has_code(data: Snapshot, band: str, *, guest: bool) -> bool:
    """Tell whether the device shows what is needed to join a network."""
    network = data[NETWORKS].find(band, guest=guest)
    return network is not None and (network.encryption == "none" or _key(data, network) is not None)


def _image(
    key: str, band: str, *, guest: bool = False, enabled: bool = False
) -> GatehouseImageDescription:
    """Describe the code of a network."""
    return GatehouseImageDescription(
        key=f"{key}_code",
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=enabled,
        reading=NETWORKS,
        also_reads=(STATUS, RADIOS, KEYS),
        exists_fn=lambda data: _has_code(data, band, guest=guest),
        content_fn=lambda data: _code(data, band, guest=guest),
    )


WIFI_IMAGES: Final = (
    _image("guest_wifi", BAND_2_4, guest=True, enabled=True),
    _image("guest_wifi_5", BAND_5, guest=True),
    _image("wifi_2_4", BAND_2_4),
    _image("wifi_5", BAND_5),
)

WIFI_BUTTONS: Final = (
    GatehouseButtonDescription[HilinkClient](
        key="wps",
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
        reading=WPS,
        press_fn=lambda client: client.wlan.start_wps(),
    ),
    GatehouseButtonDescription[HilinkClient](
        key="extend_guest_wifi",
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
        reading=GUEST_TIME,
        exists_fn=lambda data: bool(data[GUEST_TIME].extension_minutes),
        press_fn=lambda client: client.wlan.extend_guest_time(),
        read_back=(GUEST_TIME, NETWORKS),
    ),
)

WIFI_SENSORS: Final = (
    GatehouseSensorDescription(
        key="guest_time_left",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        suggested_unit_of_measurement=UnitOfTime.MINUTES,
        suggested_display_precision=0,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        reading=GUEST_TIME,
        exists_fn=lambda data: data[GUEST_TIME].seconds_left is not None,
        value_fn=lambda data: data[GUEST_TIME].seconds_left,
    ),
)
