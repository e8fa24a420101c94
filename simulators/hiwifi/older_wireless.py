"""Wi-Fi methods of the older generation, most of which know the first radio only."""

from dataclasses import replace
from typing import Final

from simulators.hiwifi import wireless_methods
from simulators.hiwifi.arguments import Arguments
from simulators.hiwifi.method import Handler
from simulators.hiwifi.router import Router
from simulators.hiwifi.wire import Fields

IFNAMES: Final = {"24g": "master", "5g": "masterac"}


def band_info(band: str) -> Handler:
    """Return the method that reads a band's network."""

    def answer(router: Router, _: Arguments) -> Fields:
        """Return the network, key included."""
        interface = router.wifi.interface(IFNAMES[band])
        radio = router.wifi.radio(interface.device)
        return {
            "ssid": interface.network.ssid,
            "encryption": interface.network.encryption,
            "key": interface.network.key,
            "status": int(router.wifi.running(interface.ifname, router.now)),
            "channel": radio.channel,
            "txpwr": radio.txpwr,
        }

    return answer


def band_switch(band: str) -> Handler:
    """Return the method that switches a band's network."""

    def answer(router: Router, arguments: Arguments) -> Fields:
        """Switch the network."""
        router.wifi.switch(IFNAMES[band], on=arguments.boolean("status"))
        return {}

    return answer


def switch_all(*, on: bool) -> Handler:
    """Return the method that switches all main networks on or off."""

    def answer(router: Router, _: Arguments) -> Fields:
        """Switch the networks."""
        return wireless_methods.set_master_status(router, Arguments({"status": int(on)}))

    return answer


def set_ssid(router: Router, arguments: Arguments) -> Fields:
    """Rename the first network."""
    network = replace(router.wifi.interface("master").network, ssid=arguments.text("ssid"))
    router.wifi.change(router.now, "master", network)
    return {}


def restart(router: Router, _: Arguments) -> Fields:
    """Restart all radios."""
    for device in router.wifi.radios:
        router.wifi.restart_radio(device, router.now, router.options)
    return {}


def get_channel(router: Router, _: Arguments) -> Fields:
    """Return the first radio's channel."""
    return {"channel": router.wifi.radio("radio0").channel}


def get_txpwr(router: Router, _: Arguments) -> Fields:
    """Return the first radio's power."""
    return {"txpwr": router.wifi.radio("radio0").txpwr}


def on_first_radio(handler: Handler) -> Handler:
    """Return a method of the newer generation, for the first radio."""

    def answer(router: Router, arguments: Arguments) -> Fields:
        """Do it to the first radio."""
        fields: Fields = handler(router, arguments.extended(device="radio0"))
        return fields

    return answer


V0: Final[dict[str, Handler]] = {
    "network.wireless.get_wifi": band_info("24g"),
    "network.wireless.get_24g_info": band_info("24g"),
    "network.wireless.get_5g_info": band_info("5g"),
    "network.wireless.set_24g_status": band_switch("24g"),
    "network.wireless.set_5g_status": band_switch("5g"),
    "network.wireless.set_status": wireless_methods.set_master_status,
    "network.wireless.on": switch_all(on=True),
    "network.wireless.off": switch_all(on=False),
    "network.wireless.restart": restart,
    "network.wireless.set_ssid": set_ssid,
    "network.wireless.get_channel": get_channel,
    "network.wireless.set_channel": on_first_radio(wireless_methods.set_channel),
    "network.wireless.get_txpwr": get_txpwr,
    "network.wireless.set_txpwr": on_first_radio(wireless_methods.set_txpwr),
    "network.wireless.get_channel_rank": on_first_radio(wireless_methods.get_channel_rank),
}
