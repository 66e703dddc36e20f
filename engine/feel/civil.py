"""The proleptic Gregorian calendar as day numbers (1970-01-01 is 0), for any year."""

_ERA_DAYS = 146_097  # 400 years
_EPOCH = 719_468  # days from 0000-03-01 to 1970-01-01
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FEBRUARY = 2
_MARCH_MONTHS = 10  # months from March to December


def day_number(year: int, month: int, day: int) -> int:
    """Return the number of a day."""
    year -= month <= _FEBRUARY
    era, year_of_era = divmod(year, 400)
    shifted = month - 3 if month > _FEBRUARY else month + 9
    day_of_year = (153 * shifted + 2) // 5 + day - 1
    return era * _ERA_DAYS + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - _EPOCH


def day_of_number(number: int) -> tuple[int, int, int]:
    """Return year, month and day of a day number."""
    era, day_of_era = divmod(number + _EPOCH, _ERA_DAYS)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * day_of_year + 2) // 153
    month = shifted + 3 if shifted < _MARCH_MONTHS else shifted - 9
    return year_of_era + era * 400 + (month <= _FEBRUARY), month, day_of_year - (153 * shifted + 2) // 5 + 1


def month_length(year: int, month: int) -> int:
    """Return how many days a month has."""
    leap = month == _FEBRUARY and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _LENGTHS[month - 1] + leap
