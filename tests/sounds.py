"""Sounds for tests: tones as voice messages, and what can be heard in one."""

import io
import itertools
import math
from array import array

import av

RATE = 48_000


def tone(
    hertz: int = 440,
    seconds: float = 1.0,
    loud: int = 8_000,
    before: float = 0.0,
    after: float = 0.0,
    kind: str = "ogg",
) -> bytes:
    """A tone between two silences, as an OGG with Opus, or a WAV."""
    turn = 2 * math.pi * hertz / RATE
    tone = array("h", (int(loud * math.sin(turn * n)) for n in range(int(seconds * RATE))))
    silence = [array("h", bytes(2 * int(each * RATE))) for each in (before, after)]
    return written(silence[0] + tone + silence[1], kind)


def written(samples: array, kind: str = "ogg") -> bytes:
    """These samples as a file."""
    out, step = io.BytesIO(), 960
    with av.open(out, "w", format=kind) as file:
        stream = file.add_stream(
            {"ogg": "libopus", "wav": "pcm_s16le"}[kind], rate=RATE, layout="mono"
        )
        for at in range(0, len(samples), step):
            frame = av.AudioFrame("s16", "mono", step)
            frame.planes[0].update(samples[at : at + step].tobytes().ljust(2 * step, b"\0"))
            frame.sample_rate, frame.pts = RATE, at
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return out.getvalue()


def heard(content: bytes) -> array:
    """The samples of a sound."""
    resampler, samples = av.AudioResampler("s16", "mono", RATE), array("h")
    with av.open(io.BytesIO(content)) as file:
        for frame in (*file.decode(audio=0), None):
            for each in resampler.resample(frame):
                samples.frombytes(bytes(each.planes[0])[: each.samples * 2])
    return samples


def length(content: bytes) -> float:
    """How many seconds it takes."""
    return len(heard(content)) / RATE


def hertz(content: bytes, begin: float, end: float) -> int:
    """The tone that sounds between those seconds."""
    part = heard(content)[int(begin * RATE) : int(end * RATE)]
    turns = sum(1 for one, two in itertools.pairwise(part) if one < 0 <= two)
    return round(turns * RATE / len(part))


def loudness(content: bytes) -> float:
    """How loud it is on average."""
    samples = heard(content)
    return math.sqrt(sum(each * each for each in samples[::8]) / (len(samples) / 8))
