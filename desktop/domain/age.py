"""Ages and birth dates; an age is in years and may be a fraction."""

from __future__ import annotations

from datetime import date, timedelta

from modelzoo.contract.errors import BadInput
from modelzoo.contract.vitals import AGE_YEARS, check_number

DAYS_PER_YEAR = 365.2425


def age_years(birth_date: date, on: date) -> float:
    """Return the age on a day: whole birthdays passed plus the part of the running year (so 10 is exact on the day).

    Raises:
        BadInput: the birth date lies after ``on``, or more than 125 years before it.
    """
    if birth_date > on:
        raise BadInput("The birth date lies in the future.", code="DOM-041")
    years = on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))
    last, following = _birthday(birth_date, years), _birthday(birth_date, years + 1)
    return check_number(AGE_YEARS, years + (on - last).days / (following - last).days)


def birth_date_from_age(stated_age_years: float, on: date) -> date:
    """Return the birth date that a stated age points to; it is an estimate and must be kept as one.

    A whole number of years is taken as half a year past the birthday, which is the middle of what was meant
    and keeps the stated age true on the day it was said. Raises BadInput for an impossible age.
    """
    years = check_number(AGE_YEARS, stated_age_years)
    if years >= 2 and years == int(years) and years < AGE_YEARS.high:
        years += 0.5
    return on - timedelta(days=round(years * DAYS_PER_YEAR))


def age_words(birth_date: date, on: date, language: str = "en", *, estimate: bool = False) -> str:
    """Return an age as people say it: days below one month, months below two years, then years."""
    years = age_years(birth_date, on)
    days = (on - birth_date).days
    months = (on.year - birth_date.year) * 12 + on.month - birth_date.month - (on.day < birth_date.day)
    if months < 1:
        number, en, zh = days, "day", "天"
    elif months < 24:
        number, en, zh = months, "month", "个月"
    else:
        number, en, zh = int(years), "year", "岁"
    if language == "zh":
        return f"{'约' if estimate else ''}{number}{zh}"
    return f"{'about ' if estimate else ''}{number} {en}{'' if number == 1 else 's'}"


def _birthday(birth_date: date, years: int) -> date:
    year = birth_date.year + years
    try:
        return birth_date.replace(year=year)
    except ValueError:  # 29 February in a common year
        return date(year, 3, 1)
