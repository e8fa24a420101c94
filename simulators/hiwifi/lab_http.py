"""The lab's functions that can be called over HTTP."""

from simulators.hiwifi.lab import HiwifiLab
from simulators.lab_http import LabServer


def lab_server(lab: HiwifiLab) -> LabServer:
    """Return the HTTP side of a router's lab."""
    return LabServer(
        readings={
            "state": lab.state,
            "counts": lab.counts,
            "requests": lab.requests,
            "calls": lab.calls,
        },
        actions={
            "reboot": lab.reboot,
            "reset_binding": lab.reset_binding,
            "forget_secrets": lab.forget_secrets,
            "forget_permissions": lab.forget_permissions,
            "bind": lab.bind,
            "expire_sessions": lab.expire_sessions,
            "steal_session": lab.steal_session,
            "unlock": lab.unlock,
            "break_replies": lab.break_replies,
            "fail_method": lab.fail_method,
            "repair": lab.repair,
            "set_field": lab.set_field,
            "remove_field": lab.remove_field,
            "reset_fields": lab.reset_fields,
            "set_options": lab.set_options,
            "advance": lab.advance,
            "reset_counts": lab.reset_counts,
            "client_comes": lab.client_comes,
            "client_leaves": lab.client_leaves,
            "plug_wan": lab.plug_wan,
            "set_internet": lab.set_internet,
        },
    )
