"""Whether a comment says what happened: a number, a date or an event. Advice, never a lock. Pure."""

from __future__ import annotations

import re

from desktopapp.kernel.message import M, Message
from desktopapp.kernel.pattern import pattern

_NUMBER = pattern(
    r"\d|[一二三四五六七八九十百千万两几半]+\s*(?:多|余)?\s*(?:个|次|家|天|日|周|月|季|年|万|亿|元|块|笔|单|份|人|位|名|成|倍|点|小时|分钟|封|遍|项|场|台|套|件|批|期|轮|趟)"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen|half|twice|once|double)\b",
    re.IGNORECASE,
)
_DATE = pattern(
    r"昨[天日]|前[天日]|今[天日早晚]|上午|下午|当[天日场]|[上本这下]个?[周月季]|周[一二三四五六日末]|星期|礼拜|[月季年]初|[月季年]底|[月季年]末|去年|今年"
    r"|\b(?:yesterday|today|this morning|last (?:week|month|quarter|year)|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|january|february|march|april|may|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
_EVENT = pattern(
    r"投诉|表扬信|锦旗|感谢信|签[下约订了单]|成交|赢单|丢单|中标|落标|投标|流失|退货|退款|续约|续签|回款|收回|到账|拜访|走访|陪访|上门|回访|报价|交付|验收|演示|谈判"
    r"|发错|漏[发报填记签]|错[发报填]|迟到|早退|旷工|失约|爽约|逾期|出差|值班|加班|培训|分享会|复盘会|例会|展会|客户会"
    r"|\b(?:signed|won|lost|closed|complained|complaint|praised|visit(?:ed)?|call(?:ed)?|delivered|missed|late|returned"
    r"|refunded|renewed|collected|paid|quoted|presented|trained|cancell?ed|escalated|accepted|refused)\b",
    re.IGNORECASE,
)
_QUOTED = pattern("[「“《\"].{2,}?[」”》\"]")
_FEWEST = 2
"""Characters from which something is a comment at all."""


def is_concrete(text: str) -> bool:
    """Whether a text names a number, a date or something that happened."""
    return any(each.search(text) for each in (_NUMBER, _DATE, _EVENT, _QUOTED))


def hint(text: str) -> Message | None:
    """What a comment could say more of; nothing where it is empty or concrete."""
    if len(text.strip()) < _FEWEST or is_concrete(text):
        return None
    return M("Who reads this later will ask: when, how many, which customer? A figure, a date or an event helps.")
