"""The refusals a router and the cloud answer with."""

from enum import IntEnum
from typing import Final


class Code(IntEnum):
    """Codes of a reply: those published, and those a router's functions use."""

    SUCCESS = 0
    PARAMETER = 20
    NO_UPGRADE = 528
    NO_INTERFACE = 560
    UPGRADE_SERVER = 1000
    ARGUMENT_TYPE = 10125
    OFFLINE = 10150
    CALL_TIMEOUT = 10160
    INTERNAL = 100001
    METHOD_SYNTAX = 100002
    AUTHORITY = 100003
    NO_API = 100004
    NOT_INSTALLED = 100005
    BAD_KEY = 100006
    ALREADY_BOUND = 100007
    TOO_MANY_PERMISSIONS = 100008
    DATA_FORMAT = 100009
    NO_PERMISSION_LIST = 100010
    CHECK_PARAMETER = 100011
    NOT_BOUND = 100012
    NO_SECRET = 100013
    SIGNATURE = 100014
    NO_PERMISSION = 100015
    BAD_ID = 100016
    CONTENT_TYPE = 100017
    UNKNOWN_ACTION = 100018
    NO_CLIENT_ID = 100019


MESSAGES: Final[dict[int, str]] = {
    Code.PARAMETER: "参数错误",
    Code.NO_UPGRADE: "没有可用的升级",
    Code.NO_INTERFACE: "请求的接口不存在",
    Code.UPGRADE_SERVER: "无法连接升级服务器",
    Code.ARGUMENT_TYPE: "参数类型错误",
    Code.OFFLINE: "路由器不在线",
    Code.CALL_TIMEOUT: "调用超时",
    Code.INTERNAL: "系统内部错误",
    Code.METHOD_SYNTAX: "方法解析失败",
    Code.AUTHORITY: "权限认证失败",
    Code.NO_API: "api没找到",
    Code.NOT_INSTALLED: "插件未安装或者未授权",
    Code.BAD_KEY: "客户端密匙不合法",
    Code.ALREADY_BOUND: "客户端已被绑定",
    Code.TOO_MANY_PERMISSIONS: "客户端申请权限超出允许范围",
    Code.DATA_FORMAT: "调用方法数据格式错误",
    Code.NO_PERMISSION_LIST: "权限列表丢失",
    Code.CHECK_PARAMETER: "校验参数不合法",
    Code.NOT_BOUND: "客户端未绑定",
    Code.NO_SECRET: "客户端密匙丢失",
    Code.SIGNATURE: "校验失败",
    Code.NO_PERMISSION: "无权限",
    Code.BAD_ID: "app_id或者client_id不合法",
    Code.CONTENT_TYPE: "数据格式应该为application/json",
    Code.UNKNOWN_ACTION: "调用client端接口的时候发现未知的方法",
    Code.NO_CLIENT_ID: "请输入客户端ID:client_id",
}
FRAMEWORK_CODES: Final = range(100001, 100020)
"""Codes given before a function is reached; they are written as text."""


class DeviceError(Exception):
    """A reply that refuses: a code, a sentence and at times data."""

    def __init__(self, code: int, data: object = "") -> None:
        """Keep the code; the sentence belongs to it."""
        self.code = int(code)
        self.message = MESSAGES.get(self.code, "操作失败")
        self.data = data
        super().__init__(self.message)
