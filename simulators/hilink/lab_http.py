"""The lab's functions that can be called over HTTP."""

from simulators.hilink.lab import HilinkLab
from simulators.lab_http import LabServer


def lab_server(lab: HilinkLab) -> LabServer:
    """Return the HTTP side of a lab."""
    return LabServer(
        readings={
            "state": lab.state,
            "counts": lab.counts,
            "messages": lab.messages,
            "sent": lambda: [message._asdict() for message in lab.sent],
            "fates": lab.fates,
        },
        actions={
            "inject_sms": lab.inject_sms,
            "inject_mms": lab.inject_mms,
            "delete_sms": lambda indexes: lab.delete_sms(*indexes),
            "fail_sends": lab.fail_sends,
            "set_ussd": lambda code, texts: lab.set_ussd(code, *texts),
            "clear_messages": lab.clear_messages,
            "lock_sim": lab.lock_sim,
            "offer_firmware": lab.offer_firmware,
            "reboot": lab.reboot,
            "power_on": lab.power_on,
            "expire_sessions": lab.expire_sessions,
            "break_replies": lab.break_replies,
            "repair": lab.repair,
            "set_field": lab.set_field,
            "remove_field": lab.remove_field,
            "reset_fields": lab.reset_fields,
            "set_endpoint": lab.set_endpoint,
            "remove_endpoint": lab.remove_endpoint,
            "set_options": lab.set_options,
            "advance": lab.advance,
            "reset_counts": lab.reset_counts,
        },
    )
