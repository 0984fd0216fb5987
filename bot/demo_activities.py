"""Activities of the demo: each is at a place of the demo, and none of them takes place."""

from datetime import time

from programme.activities import ActivityKind, ForWhom, Interpreter, SigningUp, Words
from services.demo_activities import Sample

SAMPLES = (
    Sample(
        kind=ActivityKind.OPEN_PRESCHOOL,
        place="Demo öppna förskolan",
        weekday=1,
        begins=time(9, 30),
        minutes=120,
        weeks=12,
        signing_up=SigningUp.DROP_IN,
        spoken=("sv", "en"),
        words={
            "sv": Words("Förmiddag på öppna förskolan", "Vi leker, sjunger och fikar."),
            "ar": Words("صباح في الروضة المفتوحة", "نلعب ونغني ونشرب القهوة معًا."),
            "so": Words("Subax xannaanada furan", "Waan ciyaarnaa, waan heesnaa, waan qaxwaynaa."),
            "en": Words("A morning at open preschool", "We play, sing and have a coffee."),
        },
    ),
    Sample(
        kind=ActivityKind.FATHERS,
        place="Demo familjecentral",
        weekday=2,
        begins=time(17, 30),
        minutes=90,
        weeks=4,
        signing_up=SigningUp.ONCE,
        capacity=10,
        spoken=("sv",),
        interpreter=Interpreter.MAN,
        interpreted=("ar", "so"),
        for_whom=ForWhom.FATHERS,
        childcare=True,
        words={
            "sv": Words("Pappor tillsammans", "Fyra kvällar om att vara pappa här."),
            "ar": Words("لقاء الآباء", "أربع أمسيات عن الأبوة هنا."),
            "so": Words("Aabbayaal wada jira", "Afar fiid oo ku saabsan aabbanimada halkan."),
            "en": Words("Fathers together", "Four evenings about being a father here."),
        },
    ),
    Sample(
        kind=ActivityKind.LANGUAGE,
        place="Demo bibliotek",
        weekday=3,
        begins=time(13),
        minutes=90,
        weeks=8,
        signing_up=SigningUp.EACH,
        capacity=12,
        spoken=("sv",),
        words={
            "sv": Words("Språkkafé med barn", "Vi pratar lätt svenska. Ta med ditt barn."),
            "ar": Words("مقهى اللغة مع الأطفال", "نتكلم السويدية بكلمات سهلة. أحضروا أطفالكم."),
            "so": Words("Kafe luqadeed carruurta leh", "Waxaan ku hadalnaa af Iswiidhish fudud."),
            "en": Words("Language café with children", "We speak easy Swedish. Bring your child."),
        },
    ),
)
