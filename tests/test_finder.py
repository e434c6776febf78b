"""The search thread: the latest question wins, and at most one search runs at a time."""

from threading import Event, Lock

from tests.program import PATIENCE
from tests.small import SearchCall, SearchDouble
from tui.search import Answer, Hit
from tui.search.answer import Cancelled
from tui.session.search_worker import FIRST_SCREEN_HITS, Question, SearchWorker


class SlowSearch(SearchDouble):
    """A search that answers when the test allows it, or stops when it is cancelled."""

    def __init__(self) -> None:
        self.go = Event()
        self.begun = Event()
        self.at_work = 0
        self.most_at_work = 0
        self._lock = Lock()

    def answer(self, call: SearchCall) -> Answer:
        if call.query == "坏":
            raise OSError(call.query)
        with self._lock:
            self.at_work += 1
            self.most_at_work = max(self.most_at_work, self.at_work)
        self.begun.set()
        try:
            while not self.go.wait(0.005):
                if call.cancelled():
                    raise Cancelled
        finally:
            with self._lock:
                self.at_work -= 1
        return Answer(call.query, call.query, (), None if call.budget else 3, partial=call.budget is not None)


class Delivered:
    """The answers delivered so far."""

    def __init__(self) -> None:
        self.answers: list[tuple[Question, Answer | None]] = []
        self.whole = Event()

    def take(self, question: Question, answer: Answer | None) -> None:
        self.answers.append((question, answer))
        if answer is None or not answer.partial:
            self.whole.set()


def test_only_the_last_question_is_answered_partially_then_completely() -> None:
    search, delivered = SlowSearch(), Delivered()
    finder = SearchWorker(lambda: search, delivered.take)
    finder.ask("反")
    assert search.begun.wait(PATIENCE)
    for query in ("反诈", "反诈宣", "反诈宣传"):
        last = finder.ask(query)
    search.go.set()
    assert delivered.whole.wait(PATIENCE)
    assert [question for question, _answer in delivered.answers] == [last, last]
    assert [answer and answer.partial for _question, answer in delivered.answers] == [True, False]
    assert search.most_at_work == 1
    finder.close()


def test_failed_search_is_reported_and_the_next_question_answered() -> None:
    search, delivered = SlowSearch(), Delivered()
    finder = SearchWorker(lambda: search, delivered.take)
    finder.ask("坏")
    assert delivered.whole.wait(PATIENCE)
    assert delivered.answers[0][1] is None
    delivered.whole.clear()
    search.go.set()
    finder.ask("好")
    assert delivered.whole.wait(PATIENCE)
    finder.close()


def test_nothing_is_delivered_after_closing() -> None:
    search, delivered = SlowSearch(), Delivered()
    finder = SearchWorker(lambda: search, delivered.take)
    finder.ask("反诈")
    assert search.begun.wait(PATIENCE)
    finder.close()
    search.go.set()
    assert not delivered.whole.wait(0.05)


def test_search_that_failed_to_open_is_reopened_for_later_questions() -> None:
    search, delivered = SlowSearch(), Delivered()
    search.go.set()
    tries: list[int] = []

    def opened() -> SlowSearch:
        tries.append(1)
        if len(tries) == 1:
            raise OSError
        return search

    finder = SearchWorker(opened, delivered.take)
    finder.ask("反诈")
    assert delivered.whole.wait(PATIENCE)
    assert delivered.answers[0][1] is None
    delivered.whole.clear()
    finder.ask("反诈")
    assert delivered.whole.wait(PATIENCE)
    assert delivered.answers[-1][1] is not None
    finder.close()


class ManyHits(SearchDouble):
    """A search that finds a hundred articles without delay."""

    def __init__(self) -> None:
        self.limits: list[int | None] = []

    def answer(self, call: SearchCall) -> Answer:
        self.limits.append(call.limit)
        hits = [Hit(f"b/{number}", ("题",), None, None, 1.0, "", (), ()) for number in range(100)]
        return Answer(call.query, call.query, tuple(hits[: call.limit]), 100)


def test_screenful_of_hits_is_delivered_before_the_rest() -> None:
    search, answers, done = ManyHits(), list[Answer](), Event()

    def take(_question: Question, answer: Answer | None) -> None:
        assert answer is not None
        answers.append(answer)
        if len(answers) == 2:
            done.set()

    finder = SearchWorker(lambda: search, take)
    finder.ask("警", limit=500)
    assert done.wait(PATIENCE)
    finder.close()
    assert search.limits == [FIRST_SCREEN_HITS, 500]
    assert [len(answer.hits) for answer in answers] == [FIRST_SCREEN_HITS, 100]
