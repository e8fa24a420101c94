"""The pages of firmware that has no calls by name, and the methods that they stand for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from .envelope import Answer
from .open_pages import SYSTEM_PAGE
from .values import elements, members


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page that does what a method does."""

    path: str
    is_open: bool = False
    """Whether it needs no login, and stands outside the session."""

    adapt: Callable[[Any], Any] = lambda data: data
    """Gives the data the shape that the method's have."""

    def adapted(self, answer: Answer) -> Answer:
        """Return an answer of this page as the method would have given it."""
        return replace(answer, data=self.adapt(answer.data))


def _first(data: Any) -> Any:
    """Return the first of several networks."""
    return next(iter(elements(members(data).get("list"))), {})


PAGES: Final[Mapping[str, Page]] = {
    "system.sys.get_info": Page(path=SYSTEM_PAGE, is_open=True),
    "system.os.reboot": Page(path="api/system/reboot"),
    "network.common.device_list": Page(path="api/network/device_list"),
    "network.common.get_wan_info": Page(path="api/network/get_wan_info"),
    "network.wireless.get_24g_info": Page(path="api/wifi/get_status_list", adapt=_first),
}
"""By method of the older generation."""
