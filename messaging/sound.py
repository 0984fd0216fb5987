"""Sounds: a voice message cleaned for families, and several joined into one. The home of PyAV.

What is kept is OGG with Opus, one channel, 48 kHz, in whole frames of 20 ms: then sounds are joined
packet by packet, without decoding (measured: 7 clips in 6 ms; decoding and encoding takes 170).
"""

import io
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, sqrt

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.error import FFmpegError
from av.filter import Graph
from av.packet import Packet

from programme.recordings import LONGEST, Unusable, VoiceFault

RATE = 48_000
FRAME = 960  # samples in 20 ms, the length of an Opus frame
_BYTES = 2  # of one sample
_FORMAT, _LAYOUT = "s16", "mono"
_BITS_PER_SECOND = 32_000

# Levels on the scale of 16-bit samples, whose loudest is 32,767.
_SILENCE = 250  # nothing in it is louder: the microphone was off
_SPEECH = 0.04  # of the loudest: what is quieter is the room
_LOUD = 3_300  # how loud speech is made on average: -20 dB
_LOUDEST = 31_000
_MOST_GAIN = 12.0  # a whisper stays one
_EDGE = 5  # frames that are left before the first word and after the last
_EVERY = 8  # samples that are looked at to see how loud it is


@dataclass(frozen=True)
class Sound:
    """A voice message as Telegram wants it: OGG with Opus."""

    content: bytes
    seconds: int


def cleaned(recorded: bytes) -> Sound:
    """The recording without the silence around it, as loud as all others; raises Unusable."""
    breath = array("h", bytes(_EDGE * FRAME * _BYTES))  # for who begins at once, or ends so
    samples = breath + _decoded(recorded) + breath
    peaks = [_peak(samples[at : at + FRAME]) for at in range(0, len(samples), FRAME)]
    if max(peaks) < _SILENCE:
        raise Unusable(VoiceFault.SILENT)
    spoken = [n for n, peak in enumerate(peaks) if peak > max(peaks) * _SPEECH]
    kept = samples[(spoken[0] - _EDGE) * FRAME : (spoken[-1] + 1 + _EDGE) * FRAME]
    return _encoded(kept, _gain(samples, spoken, max(peaks)))


def _decoded(recorded: bytes) -> "array[int]":
    """All samples of the first sound in it; raises Unusable."""
    samples = array("h")
    try:
        with _opened(recorded) as opened:
            if not opened.streams.audio:
                raise Unusable(VoiceFault.NO_SOUND)
            for frame in _resampled(opened.decode(audio=0)):
                samples.frombytes(bytes(frame.planes[0])[: frame.samples * _BYTES])
                if len(samples) > (LONGEST + 1) * RATE:  # a small file may hold days of silence
                    raise Unusable(VoiceFault.LONG)
    except (FFmpegError, ValueError) as error:
        raise Unusable(VoiceFault.NO_SOUND) from error
    if not samples:
        raise Unusable(VoiceFault.NO_SOUND)
    return samples


def _resampled(frames: Iterator[AudioFrame]) -> Iterator[AudioFrame]:
    resampler = AudioResampler(_FORMAT, _LAYOUT, RATE)
    for frame in frames:
        yield from resampler.resample(frame)
    yield from resampler.resample(None)


def _peak(samples: "array[int]") -> int:
    loudest, lowest = max(samples), min(samples)
    return max(loudest, -lowest)


def _gain(samples: "array[int]", spoken: Sequence[int], peak: int) -> float:
    """How much louder it becomes; nothing is cut off at the top."""
    squares = [
        sample * sample for n in spoken for sample in samples[n * FRAME : (n + 1) * FRAME : _EVERY]
    ]
    average = sqrt(sum(squares) / len(squares)) or 1.0
    return min(_LOUD / average, _LOUDEST / peak, _MOST_GAIN)


def _encoded(samples: "array[int]", gain: float) -> Sound:
    written, out = samples.tobytes(), io.BytesIO()
    with av.open(out, "w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=RATE, layout="mono")
        stream.bit_rate = _BITS_PER_SECOND
        for frame in _louder(written, gain):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return Sound(out.getvalue(), _whole(len(samples)))


def _louder(written: bytes, gain: float) -> Iterator[AudioFrame]:
    graph = Graph()
    source = graph.add_abuffer(
        sample_rate=RATE, format=_FORMAT, layout=_LAYOUT, time_base=Fraction(1, RATE)
    )
    volume, sink = graph.add("volume", f"{gain:.3f}"), graph.add("abuffersink")
    source.link_to(volume)
    volume.link_to(sink)
    graph.configure()
    for at in range(0, len(written), FRAME * _BYTES):
        frame = AudioFrame(_FORMAT, _LAYOUT, FRAME)
        frame.planes[0].update(written[at : at + FRAME * _BYTES].ljust(FRAME * _BYTES, b"\0"))
        frame.sample_rate, frame.pts = RATE, at // _BYTES
        graph.push(frame)
        made = graph.pull()
        assert isinstance(made, AudioFrame)  # no picture goes through a volume filter
        yield made


def _whole(samples: int) -> int:
    """Whole seconds, as a phone shows them; never none."""
    return max(ceil(samples / RATE), 1)


def joined(sounds: Sequence[bytes]) -> Sound:
    """Several cleaned sounds as one, in that order; ValueError for none, Unusable for no sound."""
    if not sounds:
        raise ValueError("nothing to join")
    out, frames = io.BytesIO(), 0
    try:
        with av.open(out, "w", format="ogg") as container, _opened(sounds[0]) as first:
            stream = container.add_stream_from_template(first.streams.audio[0])
            for packet in (each for sound in sounds for each in _packets(sound)):
                packet.pts = packet.dts = frames * FRAME
                packet.time_base, packet.stream = Fraction(1, RATE), stream
                container.mux(packet)
                frames += 1
    except (FFmpegError, IndexError) as error:
        raise Unusable(VoiceFault.NO_SOUND) from error
    return Sound(out.getvalue(), _whole(frames * FRAME))


def _opened(sound: bytes) -> InputContainer:
    return av.open(io.BytesIO(sound), "r")


def _packets(sound: bytes) -> "Iterator[Packet[AudioStream]]":
    with _opened(sound) as opened:
        # The last one is empty: it says that this is the end.
        yield from (each for each in opened.demux(opened.streams.audio[0]) if each.size)
