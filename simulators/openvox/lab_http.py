"""The lab's functions that can be called over HTTP."""

from dataclasses import asdict

from simulators.lab_http import LabServer
from simulators.openvox.lab import OpenVoxLab


def lab_server(lab: OpenVoxLab) -> LabServer:
    """Return the HTTP side of a lab."""
    return LabServer(
        readings={
            "state": lab.state,
            "counts": lab.counts,
            "requests": lab.requests,
            "sent": lambda: [message._asdict() for message in lab.sent],
            "fates": lab.fates,
            "pushes": lambda: [asdict(push) for push in lab.pushes],
        },
        actions={
            "reboot": lab.reboot,
            "steal_tokens": lab.steal_tokens,
            "break_replies": lab.break_replies,
            "repair": lab.repair,
            "set_field": lab.set_field,
            "remove_field": lab.remove_field,
            "reset_fields": lab.reset_fields,
            "set_options": lab.set_options,
            "advance": lab.advance,
            "reset_counts": lab.reset_counts,
            "receive_sms": lab.receive_sms,
            "delete_sms": lab.delete_sms,
            "clear_inbox": lab.clear_inbox,
            "reset_inbox_ids": lab.reset_inbox_ids,
            "mark_read": lab.mark_read,
            "clear_outbox": lab.clear_outbox,
            "set_port": lab.set_port,
            "set_sim": lab.set_sim,
            "reject_sends": lab.reject_sends,
            "fail_sends": lab.fail_sends,
            "deliver": lab.deliver,
            "lose_pushes": lab.lose_pushes,
            "answer_ussd": lab.answer_ussd,
        },
    )
