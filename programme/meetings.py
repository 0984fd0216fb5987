"""What can be booked: how long it takes, where it usually is, who is needed (mission D2, D12-D14).

A joint walk and one visit more are booked like the six visits: by a nurse and a parent supporter.
For a talk or a call one person is enough.
"""

from programme.people import Meeting, Place

MINUTES: dict[Meeting, int] = {
    Meeting.VISIT: 60,
    Meeting.EXTRA: 60,
    Meeting.WALK: 90,
    Meeting.TALK: 45,
    Meeting.CALL: 30,
}

USUAL_PLACE: dict[Meeting, Place] = {
    Meeting.VISIT: Place.HOME,
    Meeting.EXTRA: Place.HOME,
    Meeting.WALK: Place.OPEN_PRESCHOOL,
    Meeting.TALK: Place.FAMILY_CENTRE,
    Meeting.CALL: Place.PHONE,
}

BOTH_COME = frozenset({Meeting.VISIT, Meeting.EXTRA, Meeting.WALK})


def numbered(meeting: Meeting) -> bool:
    """Whether it is one of the six, with a number, a theme and a window."""
    return meeting is Meeting.VISIT
