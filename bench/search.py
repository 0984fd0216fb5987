"""How well the guide's search finds what parents mean: by page, language and set of questions."""

import time
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from messaging.finding import Finder
from messaging.i18n import load_languages

QUESTIONS = Path(__file__).with_name("questions.toml")
HELD_OUT = Path(__file__).with_name("held_out.toml")
NOTHING = "none"  # the questions that no page answers


@dataclass
class Result:
    """What came of one language's questions."""

    asked: int = 0
    first: int = 0
    among_three: int = 0
    missed: list[str] = field(default_factory=list)
    idle: int = 0
    wrongly: list[str] = field(default_factory=list)  # found although nothing was meant

    @property
    def top_1(self) -> float:
        return self.first / self.asked

    @property
    def top_3(self) -> float:
        return self.among_three / self.asked


def measured(finder: Finder, file: Path = QUESTIONS) -> dict[str, Result]:
    """The results by language."""
    table = tomllib.loads(file.read_text("utf-8"))
    return {code: _language(finder, pages) for code, pages in table.items()}


def _language(finder: Finder, pages: Mapping[str, list[str]]) -> Result:
    result = Result()
    for page, question in _each(pages):
        codes = finder.find(question).codes
        if page == NOTHING:
            result.idle += 1
            result.wrongly += [f"{question} → {codes[0]}"] if codes else []
            continue
        result.asked += 1
        result.first += codes[:1] == (page,)
        result.among_three += page in codes
        if codes[:1] != (page,):
            result.missed.append(f"{question}: {page}, not {', '.join(codes) or 'nothing'}")
    return result


def _each(pages: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    for page, questions in pages.items():
        for question in questions:
            yield page, question


def report(show_held_out_misses: bool = False) -> None:
    """Both sets; the misses of the one that is mended."""
    finder = Finder(load_languages())
    begun, asked = time.perf_counter(), 0
    for name, file in (("questions", QUESTIONS), ("held out", HELD_OUT)):
        print(f"{name:12} {'asked':>6} {'top 1':>7} {'top 3':>7} {'found in vain':>14}")
        for code, each in measured(finder, file).items():
            vain = f"{len(each.wrongly)}/{each.idle}"
            print(f"{code:12} {each.asked:6} {each.top_1:7.0%} {each.top_3:7.0%} {vain:>14}")
            asked += each.asked + each.idle
            if file is QUESTIONS or show_held_out_misses:
                for line in (*each.missed, *each.wrongly):
                    print(f"    {line}")
    print(f"{(time.perf_counter() - begun) / asked * 1000:.1f} ms a question")
