"""Names of people and bodies: which stand in the order family, given by themselves, and how a reference shows them.

In references.bib a person is `Family, Given`, which does not tell the order in which the name is used. Two things do:
its script, since Chinese, Japanese and Korean characters are never inverted; and its spelling, where family and given
name alike consist of syllables of Hanyu Pinyin (ISO 7098). So `Li, Ziguo` is Li Ziguo, and `Gao, Fred` Fred Gao.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TypedDict

from scoatlas.source import Person

Name = TypedDict("Name", {"family": str, "given": str, "literal": str, "static-ordering": bool}, total=False)
"""A name variable of CSL; `static-ordering` says that the family name stands first everywhere."""

OTHERS = "et al."
"""What `source.py` makes of BibTeX's `and others`."""

_FINALS_OF_INITIALS = {
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f": "a an ang ei en eng o ou u",
    "d": "a ai an ang ao e ei en eng i ian iao ie ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan ue uo",
    "l": "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu ong ou u uan ue un uo",
    "g|h|k": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j|q|x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh|ch": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "sh": "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
    "r": "an ang ao e en eng i ong ou u ua uan ui un uo",
    "z": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "c|s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "y": "a an ang ao e i in ing o ong ou u uan ue un",
    "w": "a ai an ang ei en eng o u",
}
_BEGUN = "|".join(f"(?:{initials})(?:{finals.replace(' ', '|')})" for initials, finals in _FINALS_OF_INITIALS.items())
_SYLLABLE = f"(?:{_BEGUN}|a|ai|an|ang|ao|e|ei|en|er|ou)"
# Within a word a syllable without an initial follows an apostrophe, which keeps Tania and Diana out.
_FAMILY = re.compile(
    f"{_SYLLABLE}|ouyang|sima|zhuge|shangguan|situ|xiahou|huangfu|murong|dongfang|gongsun|linghu|yuwen|zhangsun"
)
_GIVEN = re.compile(f"{_SYLLABLE}(?:(?:['’ -]{_SYLLABLE})|(?:{_BEGUN}))?")
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
_INITIALS_WITHOUT_BLANK = re.compile(r"(?<=\w)\.(?=[^\W\d_])")


def csl_name(person: Person) -> Name:
    """A person or, without a given name, a body that is shown as it is written."""
    if not person.given:
        return {"literal": person.family}
    name: Name = {"family": person.family, "given": _INITIALS_WITHOUT_BLANK.sub(". ", person.given)}
    if _EAST_ASIAN.search(person.family) or _is_pinyin(person):
        name["static-ordering"] = True
    return name


def in_order(name: Name) -> str:
    """A name as it is used: `Alexander Lukin`, `Li Ziguo`, `李天毅`, `Xinhua`."""
    if "literal" in name:
        return name["literal"]
    if "static-ordering" in name:
        return f"{name['family']}{'' if _EAST_ASIAN.search(name['family']) else ' '}{name['given']}"
    return f"{name['given']} {name['family']}"


def inverted(name: Name) -> str:
    """A name as a list of works begins with it: `Lukin, Alexander`, but `Li Ziguo`."""
    if "literal" in name or "static-ordering" in name:
        return in_order(name)
    return f"{name['family']}, {name['given']}"


def is_east_asian(name: Name) -> bool:
    """Whether a name is written in Chinese, Japanese or Korean characters, which have no initials."""
    return bool(_EAST_ASIAN.search(name.get("family", "")))


def family(name: Name) -> str:
    """What is left of a name that was given in full before."""
    return name["literal"] if "literal" in name else name["family"]


def _is_pinyin(person: Person) -> bool:
    family, given = (
        unicodedata.normalize("NFD", part.casefold()).encode("ascii", "ignore").decode()
        for part in (person.family, person.given.replace("’", "'"))
    )
    return bool(_FAMILY.fullmatch(family) and _GIVEN.fullmatch(given))
