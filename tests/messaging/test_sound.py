"""Voice messages are cleaned, and joined into one that a phone plays."""

import pytest

from messaging import sound
from programme.recordings import LONGEST, Unusable, VoiceFault
from tests.sounds import heard, hertz, length, loudness, tone


def fault_of(content: bytes) -> VoiceFault:
    with pytest.raises(Unusable) as raised:
        sound.cleaned(content)
    return raised.value.fault


def test_what_is_kept_is_ogg_with_opus_in_one_channel():
    made = sound.cleaned(tone()).content
    assert made.startswith(b"OggS")
    at = made.index(b"OpusHead")
    assert made[at + 9] == 1  # channels
    assert int.from_bytes(made[at + 12 : at + 16], "little") == sound.RATE


def test_the_silence_around_the_words_goes_but_for_a_breath():
    made = sound.cleaned(tone(seconds=1.0, before=3.0, after=2.0))
    assert 1.1 <= length(made.content) <= 1.4
    assert made.seconds == 2


def test_a_pause_between_words_stays():
    twice = sound.joined([sound.cleaned(tone(440)).content, sound.cleaned(tone(660)).content])
    assert length(sound.cleaned(twice.content).content) > 2.1


@pytest.mark.parametrize("loud", [1_000, 4_000, 30_000])
def test_quiet_and_loud_speakers_become_equally_loud(loud):
    made = sound.cleaned(tone(loud=loud)).content
    assert 2_500 < loudness(made) < 4_000
    assert max(heard(made)) < 32_767


def test_a_whisper_is_not_blown_up_for_ever():
    assert loudness(sound.cleaned(tone(loud=300)).content) < 300 * 12


def test_a_wave_file_of_a_studio_can_be_read():
    assert hertz(sound.cleaned(tone(880, kind="wav")).content, 0.3, 0.9) == pytest.approx(
        880, abs=9
    )


def test_what_is_no_sound_is_refused():
    assert fault_of(b"OggS-silence") is VoiceFault.NO_SOUND
    assert fault_of(b"\x89PNG\r\n\x1a\n" + bytes(200)) is VoiceFault.NO_SOUND
    assert fault_of(b"") is VoiceFault.NO_SOUND


def test_a_file_that_ends_in_the_middle_is_refused_or_heard_as_far_as_it_goes():
    whole = tone(seconds=2.0)
    for cut in (10, 60, len(whole) // 2):
        try:
            assert sound.cleaned(whole[:cut]).seconds >= 1
        except Unusable as error:
            assert error.fault in {VoiceFault.NO_SOUND, VoiceFault.SILENT}


def test_silence_is_refused():
    assert fault_of(tone(loud=0, seconds=2.0)) is VoiceFault.SILENT


def test_what_is_longer_than_it_may_be_is_refused_before_all_of_it_is_read():
    assert fault_of(tone(seconds=LONGEST + 3.0)) is VoiceFault.LONG


def test_joined_sounds_are_heard_in_their_order():
    tones = (440, 660, 880, 550)
    made = sound.joined(
        [sound.cleaned(tone(each, before=0.2, after=0.2)).content for each in tones]
    )
    one = length(made.content) / len(tones)
    found = [hertz(made.content, n * one + 0.3, (n + 1) * one - 0.3) for n in range(len(tones))]
    assert found == pytest.approx(tones, abs=9)
    assert made.seconds == 5


def test_joining_nothing_is_a_fault_of_ours():
    with pytest.raises(ValueError, match="nothing"):
        sound.joined([])


def test_joining_what_is_no_sound_is_refused():
    with pytest.raises(Unusable):
        sound.joined([sound.cleaned(tone()).content, b"nothing"])
