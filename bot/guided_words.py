"""What the guided demo says, in Swedish: its seven clicks, in a manager's words."""

TITLES = (
    "Påminnelse på somaliska",
    "Ett tryck, två kalendrar",
    "Anna är sjuk",
    "Något svårt har hänt",
    "Vad såg Telegram?",
    "Delrapport 4",
    "Januari",
)
OPENING = (
    "Amina väntar på sitt första hembesök. Hon läser på somaliska, Yusuf på arabiska. Anna är "
    "BHV-sjuksköterska, Bo är föräldrastödjare. Allt nedan görs på riktigt: riktiga tryck, riktiga "
    "meddelanden, riktig databas. Bara klockan är vår."
)
REMINDER = (
    "Klockan 17 dagen före besöket kommer påminnelsen: på somaliska till Amina, på arabiska till "
    "Yusuf. Tiden passar inte. Amina trycker på Waqti kale (annan tid) och ser genast tider då "
    "både Anna och Bo är lediga."
)
ONE_TAP = (
    "Ett tryck på en ny tid, inget samtal och inget formulär. Anna och Bo får den nya tiden i sina "
    "kalendrar i samma ögonblick, och Yusuf får veta det på arabiska."
)
ILL = (
    "Anna blir sjuk och trycker fyra gånger. Ingen annan sjuksköterska är ledig: Lotsen ställer in "
    "besöket i båda kalendrarna och föreslår nya tider, på föräldrarnas egna språk."
)
LOSS = (
    "Amina trycker på Något svårt har hänt. Ingen fråga ställs. Det som väntade släpps i samma "
    "ögonblick, och en vecka senare är det fortfarande tyst. Yusuf får inte veta det av en "
    "maskin. Teamet ser att familjen ska lämnas i fred."
)
BYTES = (
    "Det här är precis vad Lotsen lämnade till Telegram, byte för byte. Namn på barn, adress "
    "och personnummer kan inte stå där: Lotsen har dem inte."
)
FIGURES = (
    "Ada, som är administratör, öppnar rapporten i chatten. Underlaget är påhittat men lika stort "
    "som i delrapport 4 (maj 2022): samma fem siffror kommer ut ur den vanliga rapporten."
)
JANUARY = (
    "Den 25 januari påminns Carla av sig själv. Hon trycker en gång: varje text till den årliga "
    "uppföljningen är högst 600 tecken, fylld med årets siffror och de rader hon har sparat."
)
ENDING = "Klart. Sidan att ta med säger vad Lotsen gör, vad den sparar, kostnad och hur man slutar."

BEGIN_FIRST, IN_ORDER = "Börja med visningen först.", "Klicken kommer i ordning."
HALFWAY = (
    "Klicket blev inte klart. Tryck på det en gång till: visningen börjar om på en tom scen och "
    "går själv fram hit igen. Det tar några sekunder, och inget visas två gånger."
)
AGAIN = "Det gick inte. Tryck en gång till."

# What Carla has kept in the year, one line each. No names, no families.
LINES = (
    ("coordination", "Samordnarna har träffats varje månad och delat arbetssätt mellan områdena."),
    ("activities", "Öppna förskolan och biblioteket har haft sagostund på somaliska och arabiska."),
    ("gains", "Fler pappor kommer till öppna förskolan efter pappagruppen."),
    ("challenges", "Det är svårt att hitta tolk på kort varsel."),
    ("training", "Hela teamet har gått utbildningen om hembesök."),
)
BORN, STAFFS_WORDS, THE_AREA = "barnets födelsedag", "personalens ord för familjen", "området"
SAID = "föräldrastödjare"
THAT_IS_SAID = f"ordet {SAID}, som ska finnas"
