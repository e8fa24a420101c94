"""Client of the HiLink API: what can be read and what can be commanded."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any

from aiohttp import ClientSession
from yarl import URL

from ..errors import (
    CommandRefused,
    GatehouseError,
    InvalidReply,
    NotPermitted,
    OutcomeUnknown,
)
from ..messages import OnTurn
from . import xml
from .appliance import Appliance
from .cells import Cells
from .data_plan import DataPlanSettings
from .device_settings import DeviceSettings
from .diagnosis import Diagnosis
from .dialup import Dialup
from .encryption import Encryption
from .errors import DEFAULT_FAILURE, TokenRefused
from .hosts import Hosts
from .lan import Lan
from .login import Login, LoginKind
from .mac_filter import MacFilters
from .models import (
    BasicInformation,
    ConvergedStatus,
    DataPlan,
    DeviceInformation,
    LoginState,
    MobileData,
    Modules,
    MonthStatistics,
    NetworkMode,
    Notifications,
    Operator,
    Reply,
    Signal,
    Status,
    Traffic,
)
from .network_control import NetworkControl
from .phone_book import PhoneBook
from .security import Security
from .session import Session
from .sim import Sim
from .sms import Sms
from .upkeep import Upkeep
from .ussd import Ussd
from .wlan import Wlan


class HilinkClient:
    """One HiLink device.

    All methods raise CannotConnect, InvalidReply, AuthenticationFailed, SessionConflict,
    NotPermitted, NotSupported, DeviceBusy or CommandRefused; commands OutcomeUnknown besides.
    Requests are sent one at a time. The session's cookie jar must be `CookieJar(unsafe=True,
    quote_cookie=False)` and belong to this client alone.
    """

    def __init__(
        self, session: ClientSession, base_url: URL, *, username: str = "", password: str = ""
    ) -> None:
        """Prepare a client; nothing is sent before the first request."""
        self._session = Session(session, base_url)
        self._login = Login(session=self._session, username=username, password=password)
        self._entered = False
        self.dialup = Dialup(self)
        self.network_control = NetworkControl(self)
        self.sim = Sim(self)
        self.cells = Cells(self)
        self.data_plan_settings = DataPlanSettings(self)
        self.security = Security(self)
        self.lan = Lan(self)
        self.diagnosis = Diagnosis(self)
        self.phone_book = PhoneBook(self)
        self.appliance = Appliance(self)
        self.upkeep = Upkeep(self)
        self.sms = Sms(self)
        self.ussd = Ussd(self)
        self.hosts = Hosts(self)
        self.device_settings = DeviceSettings(self)
        self.wlan = Wlan(self)
        self.mac_filters = MacFilters(self)

    @property
    def base_url(self) -> URL:
        """Return where the device is."""
        return self._session.base_url

    @property
    def login_kind(self) -> LoginKind | None:
        """Return how the client logged in; None before."""
        return self._login.kind

    async def log_in(self) -> None:
        """Log in now and not with the first request, to learn whether the password is right."""
        await self._exclusively(self._enter)

    async def release(self) -> None:
        """Log out, so that somebody else can use the device; the next request logs in again."""
        async with self._session.lock:
            if self._entered and self._login.kind not in {None, LoginKind.NONE}:
                with suppress(GatehouseError):
                    await self._login.log_out()
            self._session.reset()
            self._entered = False

    async def login_state(self) -> LoginState | None:
        """Read `user/state-login` without logging in; None where there is no login at all.

        Not in the seed; every device answers it, so it also tells a HiLink device from others.
        """
        return await self._exclusively(self._login.state)

    async def device_information(self) -> DeviceInformation:
        """Read identity, firmware and uptime (seed "Device Module": device/information)."""
        return await self._read(DeviceInformation)

    async def basic_information(self) -> BasicInformation:
        """Read model and class, mostly without login (device/basic_information)."""
        return await self._read(BasicInformation)

    async def signal(self) -> Signal:
        """Read radio signal and cell (device/signal): dBm, dB, MHz."""
        return await self._read(Signal)

    async def status(self) -> Status:
        """Read the connection's state (seed "Monitoring Module": monitoring/status)."""
        return await self._read(Status)

    async def traffic(self) -> Traffic:
        """Read counters (seed "Monitoring Module": monitoring/traffic-statistics): bytes, s."""
        return await self._read(Traffic)

    async def month_statistics(self) -> MonthStatistics:
        """Read the use of the current month (monitoring/month_statistics): bytes, s."""
        return await self._read(MonthStatistics)

    async def data_plan(self) -> DataPlan:
        """Read the data allowance (monitoring/start_date): bytes, day of the month."""
        return await self._read(DataPlan)

    async def notifications(self) -> Notifications:
        """Read what the device wants to tell (monitoring/check-notifications)."""
        return await self._read(Notifications)

    async def converged_status(self) -> ConvergedStatus:
        """Read the state of the SIM card (monitoring/converged-status)."""
        return await self._read(ConvergedStatus)

    async def operator(self) -> Operator:
        """Read the registered network (net/current-plmn); empty without a SIM card."""
        try:
            return await self._read(Operator)
        except CommandRefused as err:
            if err.code == DEFAULT_FAILURE:
                return Operator.from_fields({})
            raise

    async def network_mode(self) -> NetworkMode:
        """Read the permitted technologies and bands (net/net-mode)."""
        return await self._read(NetworkMode)

    async def mobile_data(self) -> MobileData:
        """Read whether mobile data is switched on (dialup/mobile-dataswitch)."""
        return await self._read(MobileData)

    async def modules(self) -> Modules:
        """Read what the firmware can do (seed "Global Module": global/module-switch)."""
        return await self._read(Modules)

    async def set_mobile_data(self, *, enabled: bool) -> None:
        """Switch mobile data (dialup/mobile-dataswitch)."""
        await self.command("dialup/mobile-dataswitch", {"dataswitch": int(enabled)})

    async def clear_traffic(self) -> None:
        """Set all traffic counters to zero (monitoring/clear-traffic)."""
        await self.command("monitoring/clear-traffic", {"ClearTraffic": 1})

    async def restart(self) -> None:
        """Restart the device (seed "Device Module": device/control, Control 1)."""
        # A restart that cuts off its own answer is a restart.
        with suppress(OutcomeUnknown):
            await self.command("device/control", {"Control": 1})
        await self.forget_session()

    async def forget_session(self) -> None:
        """Forget a session that the device has forgotten too."""
        async with self._session.lock:
            self._session.reset()
            self._entered = False

    async def command(
        self,
        path: str,
        fields: Mapping[str, Any],
        on_turn: OnTurn | None = None,
        *,
        secret: bool = False,
        sealed: bool = False,
    ) -> xml.Fields | str:
        """Send a request that changes something, never twice.

        One that holds a secret is encrypted, where the device can do that; a sealed one always is,
        as its reply is.
        """

        async def request() -> xml.Fields | str:
            """Send it, of which somebody may want to know before."""
            if on_turn is not None:
                await on_turn()
            return await self._session.command(path, fields, secret=secret, sealed=sealed)

        return await self._run(request)

    async def ask(
        self, path: str, fields: Mapping[str, Any], *, sealed: bool = False
    ) -> xml.Fields | str:
        """Send a request that changes nothing, though it has fields; the reply may be sealed."""
        return await self._run(lambda: self._session.ask(path, fields, sealed=sealed))

    async def encryption(self) -> Encryption | None:
        """Return how to encrypt for the device; None for old firmware, which has no key."""
        return await self._run(self._session.public_key)

    async def get(self, path: str, *, patience: float | None = None) -> xml.Fields | str:
        """Read any page of the API; seconds to wait for one that takes long."""
        return await self._run(lambda: self._session.get(path, patience=patience))

    async def fields(self, path: str) -> xml.Fields:
        """Read the fields of any page of the API."""
        content = await self.get(path)
        if not isinstance(content, dict):
            raise InvalidReply(f"{path} has no fields")
        return content

    async def configuration(self, path: str) -> xml.Fields:
        """Read the fields of a page of the firmware's own configuration."""
        content = await self._run(lambda: self._session.get_configuration(path))
        if not isinstance(content, dict):
            raise InvalidReply(f"{path} has no fields")
        return content

    async def _read[ReplyT: Reply](self, model: type[ReplyT]) -> ReplyT:
        """Read a page of the API as a model."""
        return model.from_fields(await self.fields(model.ENDPOINT))

    async def _run[ResultT](self, request: Callable[[], Awaitable[ResultT]]) -> ResultT:
        """Make a request, logged in where that is needed."""

        async def entered() -> ResultT:
            """Log in first."""
            await self._enter()
            return await self._with_renewal(request)

        return await self._exclusively(entered)

    async def _exclusively[ResultT](self, action: Callable[[], Awaitable[ResultT]]) -> ResultT:
        """Use the session, one at a time."""
        async with self._session.lock:
            try:
                return await action()
            except TokenRefused as err:
                raise InvalidReply("the device refuses every session token") from err

    async def _with_renewal[ResultT](self, request: Callable[[], Awaitable[ResultT]]) -> ResultT:
        """Make a request; where the device refused only the token, renew it and repeat once."""
        try:
            return await request()
        except TokenRefused:
            await self._login.renew()
        except NotPermitted:
            return await self._with_login(request)
        try:
            return await request()
        except NotPermitted:
            # A renewed session is a stranger to the device.
            return await self._with_login(request)

    async def _with_login[ResultT](self, request: Callable[[], Awaitable[ResultT]]) -> ResultT:
        """Repeat a refused request after a new login, if a lost login is why it was refused."""
        if not await self._login.lost():
            raise NotPermitted("not allowed with this login")
        await self._login.ensure()
        return await request()

    async def _enter(self) -> None:
        """Log in before the first request of a session."""
        if not self._entered:
            await self._login.ensure()
            self._entered = True
