"""GL.iNet GL-S20 Thread border routers."""

from typing import Final

from homeassistant.const import CONF_PASSWORD
from homeassistant.helpers.selector import TextSelector, TextSelectorConfig, TextSelectorType
import voluptuous as vol

from ...clients.gl_s20.client import GlS20Client
from ...const import DeviceFamily
from ..base import Family
from .actions import ACTIONS
from .binary_sensors import BINARY_SENSORS
from .controls import BUTTONS, SWITCHES
from .events import EVENTS
from .firmware import UPDATES
from .home_network import HOME_BINARY_SENSORS
from .home_thread import HOME_READINGS, async_forget_network
from .identity import identify, identity_of, recognize
from .initialization import INITIALIZATION
from .issues import ISSUES
from .options import CONSENTS, OPTIONS
from .privacy import PRIVATE_FIELDS, diagnose, private_texts
from .readings import FIRMWARE, IDENTITY, READINGS, STATUS
from .sensors import SENSORS
from .settings import NUMBERS, SELECTS, TEXTS
from .uplink import UPLINK

GL_S20: Final = Family[GlS20Client](
    key=DeviceFamily.GL_S20,
    manufacturer="GL.iNet",
    recognize=recognize,
    credentials=vol.Schema(
        {
            vol.Required(CONF_PASSWORD): TextSelector(
                TextSelectorConfig(type=TextSelectorType.PASSWORD, autocomplete="current-password")
            ),
        }
    ),
    create_client=lambda session, url, data: GlS20Client(
        session, url, password=data[CONF_PASSWORD]
    ),
    identify=identify,
    identity_of=identity_of,
    identity_readings=(IDENTITY, STATUS, FIRMWARE),
    readings=READINGS,
    home_readings=(*HOME_READINGS, UPLINK),
    sensors=SENSORS,
    binary_sensors=(*BINARY_SENSORS, *HOME_BINARY_SENSORS),
    switches=SWITCHES,
    buttons=BUTTONS,
    numbers=NUMBERS,
    selects=SELECTS,
    texts=TEXTS,
    events=EVENTS,
    updates=UPDATES,
    actions=ACTIONS,
    issues=ISSUES,
    private_fields=PRIVATE_FIELDS,
    private_texts_fn=private_texts,
    diagnose_fn=diagnose,
    forget_fn=async_forget_network,
    core_components=("thread",),
    initialization=INITIALIZATION,
    consents=CONSENTS,
    options=OPTIONS,
    zeroconf_type="_meshcop._udp.local.",
    host_names="gl-s20*",
    unrecognized="other_gl_inet",
)
