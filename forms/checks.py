"""Checks of single values, with the words the person at the window reads."""

import re
from datetime import date

from marshmallow import ValidationError

USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: no I, O, S, V, Z
USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
ID_CHECKS = "10X98765432"
MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}(-\d{1,6})?")
FULL_WIDTH = str.maketrans("０１２３４５６７８９－（）Ｘ", "0123456789-()X")


def narrow(text: str) -> str:
    """Return the text trimmed, with full-width digits as the plain ones: people at the window type both."""
    return text.strip().translate(FULL_WIDTH)


def check_mobile(value: str) -> None:
    """Refuse what is no mobile number."""
    if not MOBILE.fullmatch(value):
        raise ValidationError("手机号应为11位数字，以1开头")


def check_phone(value: str) -> None:
    """Refuse what is neither a mobile number nor a landline."""
    if not (MOBILE.fullmatch(value) or LANDLINE.fullmatch(value)):
        raise ValidationError("电话应为11位手机号，或带区号的座机号（如0598-1234567）")


def check_uscc(value: str) -> None:
    """Refuse a unified social credit code whose check character is wrong (GB 32100-2015)."""
    if len(value) != 18 or any(character not in USCC for character in value):  # noqa: PLR2004  # its length
        raise ValidationError("统一社会信用代码应为18位数字或大写字母（不含I、O、S、V、Z）")
    total = sum(USCC.index(character) * weight for character, weight in zip(value, USCC_WEIGHTS, strict=False))
    if USCC[(31 - total % 31) % 31] != value[-1]:
        raise ValidationError("统一社会信用代码的校验位不对，请核对后重新填写")


def check_idcard(value: str) -> None:
    """Refuse an identity number whose date or check digit is wrong (GB 11643-1999)."""
    if not re.fullmatch(r"\d{17}[\dX]", value):
        raise ValidationError("身份证号应为18位，最后一位可以是X")
    try:
        date(int(value[6:10]), int(value[10:12]), int(value[12:14]))
    except ValueError as error:
        raise ValidationError("身份证号中的出生日期不存在，请核对") from error
    total = sum(int(digit) * weight for digit, weight in zip(value, ID_WEIGHTS, strict=False))
    if ID_CHECKS[total % 11] != value[-1]:
        raise ValidationError("身份证号的校验位不对，请核对后重新填写")


def read_date(value: str) -> date:
    """Return the date of 2026-11-24 or 20261124; raises ValidationError."""
    match = re.fullmatch(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})", narrow(value))
    try:
        return date(*map(int, match.groups() if match else (0, 0, 0)))
    except ValueError as error:
        raise ValidationError("日期应写作2026-11-24或20261124，且确有这一天") from error
