"""A token bucket: how long to wait before the next message is taken. Pure; the caller brings the time."""


class TokenBucket:
    """Holds at most `burst` tokens and gains `rate` tokens a second."""

    def __init__(self, rate: float, burst: float) -> None:
        self._rate, self._burst = rate, burst
        self._tokens, self._then = burst, 0.0

    def take(self, cost: float, now: float) -> float:
        """Take `cost` tokens at the time `now` (seconds) and return the seconds to wait until they are paid for."""
        if self._then:
            self._tokens = min(self._burst, self._tokens + (now - self._then) * self._rate)
        self._then = now
        self._tokens -= cost
        return max(0.0, -self._tokens / self._rate)
