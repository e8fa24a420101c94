"""The lab's functions that can be called over HTTP."""

from simulators.gl_s20.lab import GlS20Lab
from simulators.lab_http import LabServer


def lab_server(lab: GlS20Lab) -> LabServer:
    """Return the HTTP side of a lab."""
    return LabServer(
        readings={
            "state": lab.state,
            "counts": lab.counts,
            "requests": lab.requests,
            "joiners": lab.joiners,
        },
        actions={
            "reboot": lab.reboot,
            "expire_tokens": lab.expire_tokens,
            "break_replies": lab.break_replies,
            "repair": lab.repair,
            "set_field": lab.set_field,
            "remove_field": lab.remove_field,
            "reset_fields": lab.reset_fields,
            "set_options": lab.set_options,
            "advance": lab.advance,
            "reset_counts": lab.reset_counts,
            "press_iot_button": lab.press_iot_button,
            "press_reset_button": lab.press_reset_button,
            "let_join": lab.let_join,
            "set_role": lab.set_role,
            "plug_ethernet": lab.plug_ethernet,
            "set_dhcp": lab.set_dhcp,
            "set_internet": lab.set_internet,
            "set_access_point": lab.set_access_point,
            "follow": lab.follow,
        },
    )
