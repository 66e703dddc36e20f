"""Readings and checks of single values, with the sentence the person at the window reads when one fails."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from marshmallow import ValidationError

USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: no I, O, S, V, Z
USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
ID_CHECKS = "10X98765432"
MOBILE = re.compile(r"1[3-9][0-9]{9}")
LANDLINE = re.compile(r"0[0-9]{2,3}-?[0-9]{7,8}(?:-[0-9]{1,6})?")
WHOLE = re.compile(r"[+-]?[0-9]{1,15}")
MONEY = re.compile(r"-?[0-9]{1,13}(?:\.[0-9]{1,2})?")
DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})|([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
MINUTE = re.compile(r"(?P<day>.*?)[ T]*(?P<hour>[0-9]{2}):?(?P<minute>[0-9]{2})")
YEARS = range(1900, 2101)


def check_mobile(value: str) -> None:
    """Refuse what is no mobile number; raises ValidationError."""
    if not MOBILE.fullmatch(value):
        raise ValidationError("手机号应为11位数字，以1开头。")


def check_phone(value: str) -> None:
    """Refuse what is neither a mobile number nor a landline with its area code; raises ValidationError."""
    if not (MOBILE.fullmatch(value) or LANDLINE.fullmatch(value)):
        raise ValidationError("联系电话应为11位手机号，或带区号的座机号，如0598-1234567。")


def check_uscc(value: str) -> None:
    """Refuse a unified social credit code whose check character is wrong (GB 32100-2015); raises ValidationError."""
    if not re.fullmatch(f"[{USCC}]{{18}}", value):
        raise ValidationError("统一社会信用代码应为18位数字或大写字母，不含I、O、S、V、Z。")
    total = sum(USCC.index(character) * weight for character, weight in zip(value[:17], USCC_WEIGHTS, strict=True))
    if USCC[(31 - total % 31) % 31] != value[17]:
        raise ValidationError("统一社会信用代码的校验位不对，请与证照逐位核对。")


def check_idcard(value: str) -> None:
    """Refuse an identity number whose birthday or check digit is wrong (GB 11643-1999); raises ValidationError."""
    if not re.fullmatch(r"[1-9][0-9]{16}[0-9X]", value):
        raise ValidationError("身份证号应为18位，最后一位可以是X。")
    read_day(value[6:14], "身份证号中的出生日期不对，请与证件逐位核对。")
    total = sum(int(digit) * weight for digit, weight in zip(value[:17], ID_WEIGHTS, strict=True))
    if ID_CHECKS[total % 11] != value[17]:
        raise ValidationError("身份证号的校验位不对，请与证件逐位核对。")


CHECKS: Final[dict[str, Callable[[str], None]]] = {
    "mobile": check_mobile,
    "phone": check_phone,
    "uscc": check_uscc,
    "idcard": check_idcard,
}


def read_whole(value: str) -> int:
    """Return a whole number; raises ValidationError."""
    if not WHOLE.fullmatch(value):
        raise ValidationError("请填写整数。")
    return int(value)


def read_money(value: str) -> Decimal:
    """Return an amount in yuan, with thousands separators or without; raises ValidationError."""
    plain = value.replace(",", "")
    if not MONEY.fullmatch(plain):
        raise ValidationError("请填写金额，最多两位小数，如1234.50。")
    return Decimal(plain).quantize(Decimal("0.01"))


def read_day(value: str, message: str = "日期应写作2026-11-20或20261120，且确有这一天。") -> date:
    """Return the date of 2026-11-20, 20261120, 2026/11/20 or 2026年11月20日; raises ValidationError."""
    match = DAY.fullmatch(value)
    try:
        day = date(*[int(part) for part in match.groups() if part]) if match else None
    except ValueError:
        day = None
    if day is None or day.year not in YEARS:
        raise ValidationError(message)
    return day


def read_minute(value: str) -> datetime:
    """Return the local wall-clock time of 2026-11-20 09:30 or 202611200930, naive; raises ValidationError."""
    match = MINUTE.fullmatch(value)
    if match is None or int(match["hour"]) > 23 or int(match["minute"]) > 59:  # noqa: PLR2004  # hours and minutes
        raise ValidationError("时间应写作2026-11-20 09:30。")
    day = read_day(match["day"])
    return datetime(day.year, day.month, day.day, int(match["hour"]), int(match["minute"]))  # noqa: DTZ001  # wall clock
