"""One page to take along, in Swedish: what Lotsen does, what it stores, cost, how to leave.

No sum, no date, no promise that the program does not keep: what is said here is true of the code.
"""

from messaging.i18n import load_languages
from messaging.paper import Sheet, Size

TITLE = "Lotsen på en sida"
PARTS: tuple[tuple[str, str], ...] = (
    (
        "Vad Lotsen gör",
        "Lotsen är en chattassistent i Telegram för familjer i utökade hembesök i Göteborg. Den "
        "skriver på lätt svenska, arabiska, somaliska och engelska: vilka som kommer, när och "
        "varför. Den påminner dagen före, låter föräldern välja tid med ett tryck och ger tips "
        "efter barnets ålder. Personalen bokar i samma chatt, och bådas kalendrar ändras. "
        "Familjer utan chatt är med på samma villkor: personalen ringer, och besökslappen skrivs "
        "ut på familjens språk.",
    ),
    (
        "Vad den inte gör",
        "Den bedömer ingen. Den frågar inte om pengar, hälsa eller mående. Fara besvaras med en "
        "människas nummer: 112, 1177, Kvinnofridslinjen. Efter en förlust blir det tyst, tills en "
        "människa säger annat. Inget skickas på natten, utom när ett besök är så nära att det "
        "annars kommer för sent. Är det osäkert om ett meddelande kom fram skickas det högst en "
        "gång till.",
    ),
    (
        "Vad den sparar",
        "Barnets födelsedag, familjens språk och område, besöken och svaren, och vilken chatt som "
        "är förälderns. Inga namn på barn eller föräldrar, ingen adress, inget personnummer. Det "
        "känsliga är låst med en nyckel som bara driften har. Föräldern ser allt som sparas, "
        "vilka som har tittat, och kan radera allt själv. Telegram ser det som står i "
        "meddelandena. Att en familj är med är i sig känsligt: därför är första raden alltid "
        "neutral.",
    ),
    (
        "Vad det kostar",
        "Programmet tar inget betalt per familj eller meddelande (licensen är inte vald än), och "
        "Telegrams vanliga tjänst för botar är utan avgift. Kostnaden är en liten server, drift "
        "och säkerhetskopior, någon som granskar texterna på varje språk, och personalens tid. "
        "Summorna beror på kommunen och står inte här.",
    ),
    (
        "Hur man slutar",
        "Säg till familjerna på fyra språk, pausa områdena, ta ut siffror och texter (CSV, Excel, "
        "JSON, text) och radera databas, kopior och nyckel. Besöken fortsätter utan chatten. "
        "Siffror utan identitet kan sparas. Hela vägen steg för steg: docs/decision-pack/"
        "exit-plan.md.",
    ),
    (
        "Kvar att besluta",
        "Vem som är ansvarig, stad eller region, och om Telegram får användas, avgör ni med er "
        "jurist. Utkast till konsekvensbedömning, gallring och klassning finns i "
        "docs/decision-pack.",
    ),
)


def pdf() -> bytes:
    """The page: PDF, A4."""
    t, sheet = load_languages().get("sv"), Sheet(Size.A4, "sv")
    sheet.page()
    sheet.lines(t, TITLE, 20, bold=True)
    sheet.space(1)
    for head, text in PARTS:
        sheet.space(2.5)
        sheet.lines(t, head, 13, bold=True)
        sheet.lines(t, text, 11)
    return sheet.pdf()
