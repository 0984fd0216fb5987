"""What the tips and the strength ideas say, by their codes: body only, in English.

The greeting before and the buttons under come from elsewhere; the ages are in `programme`.
"""

from messaging.marks import N_

# A tip speaks to the family: plural you (ni, كم, idinka).
TIP_TEXTS: dict[str, str] = {
    # Translators: Gåvoboken is the region's gift book; a voucher is a paper that gives one.
    "gift_book": N_(
        "A gift is waiting for your child: a book (Gåvoboken).\n"
        "Every newborn child here gets one, at BVC (the child health centre) or with a voucher "
        "at the library.\n"
        "BVC also has a card with advice on safe sleep, in many languages.\n"
        "You are welcome to ask for both."
    ),
    "first_vaccine": N_(
        "At BVC (the child health centre) your child can get vaccines against dangerous "
        "diseases.\n"
        "The first one can be given from 6 weeks of age. BVC tells you about the rest.\n"
        "It is free and voluntary.\n"
        "You have the right to an interpreter. Ask about anything!"
    ),
    "own_language": N_(
        "Talk, sing and read to your child in your own language. That is how your child learns "
        "language.\n"
        "You can do it any time: when you change clothes, cook or go for a walk.\n"
        "Reading gives new words and ideas, and it is fun together."
    ),
    # Translators: föräldradagar: days a parent can be at home with the child. No sums, no numbers.
    "both_parents": N_(
        "Both parents are welcome at every visit, at home and at BVC (the child health centre).\n"
        "Other adults who are close to the child are welcome too.\n"
        "In Sweden there are days to be at home with the child (föräldradagar). Each parent has "
        "some days of their own.\n"
        "Ask us at the visit."
    ),
    "open_preschool": N_(
        "Open preschool (öppen förskola) is a place for children aged 0–6 and their adults.\n"
        "There you can play, sing and meet other families. It is free.\n"
        "For most things you do not need to sign up. You stay with your child all the time.\n"
        "Small babies are welcome too."
    ),
    "library_card": N_(
        "A library card is free, and so is borrowing books.\n"
        "Take your ID with you. You sign for your child's own card.\n"
        "The card works at every public library in Gothenburg. You can return books at any of "
        "them.\n"
        "Choose a picture book that you like to look at together."
    ),
    "first_tooth": N_(
        "Start brushing when the first tooth comes. Teeth come at different times for different "
        "children.\n"
        "Brush morning and evening. Use a little children's toothpaste with fluoride.\n"
        "Dental care is free for children. Ask at BVC (the child health centre) or "
        "Folktandvården (the dentist)."
    ),
    # Translators: Bokstart is a name and stays.
    "bokstart": N_(
        "Bokstart is reading for the smallest children.\n"
        "In some areas the library visits you at home with a book. It is a gift for your child.\n"
        "It is free and voluntary.\n"
        "Ask at BVC (the child health centre) if Bokstart comes to where you live."
    ),
    # Translators: personnummer: the Swedish personal number.
    "apply_preschool": N_(
        "Children can start preschool (förskola) when they have turned 1.\n"
        "Apply in good time, at least 4 months before you need the place.\n"
        "In Gothenburg you can apply about 6 months before, not earlier.\n"
        "You apply at goteborg.se. Feel free to ask us for help.\n"
        "No personal number? There is a paper form."
    ),
    "safe_home": N_(
        "At about 8 months BVC (the child health centre) may come home to you. It is free and "
        "voluntary.\n"
        "You can talk about a home that is safe for small children. You know your home best.\n"
        "You can also talk about books. The library has many to show your child."
    ),
    # Translators: Calm and without blame.
    "screens": N_(
        "Your face, your voice and your hands are what your child likes best.\n"
        "In Sweden the advice is: rather no screens (phone, tablet, TV) for children under 2.\n"
        "A song, a spoon to play with or a walk works well instead.\n"
        "Nobody does everything perfectly. A little at a time is fine."
    ),
    "childs_rights": N_(
        "Every child has rights, the smallest too.\n"
        "One right is to be listened to. Another right is to play.\n"
        "When you look at your child and answer, you already do this.\n"
        "The rights are written in the UN Convention on the Rights of the Child. It is law in "
        "Sweden."
    ),
    # Translators: The second visit of Bokstart; see the tip about Bokstart.
    "bokstart_again": N_(
        "Bokstart (reading for the smallest children) can come again.\n"
        "In some areas the library visits you at home at about 11 months. Your child gets a new "
        "book.\n"
        "It is free and voluntary.\n"
        "Ask at BVC (the child health centre), also if you had no visit before."
    ),
    # Translators: vårdnadshavare: who decides for the child by law, most often a parent.
    "preschool_starts": N_(
        "Your child may start preschool (förskola) from the first birthday. You choose if and "
        "when.\n"
        "You can choose up to 5 preschools.\n"
        "If both parents are guardians (vårdnadshavare), both say yes to the place.\n"
        "Have you not applied yet? It is not too late. You apply at goteborg.se."
    ),
    "meet_others": N_(
        "It can feel good to meet other parents with small children.\n"
        "You can do that at the open preschool (öppen förskola). It is free.\n"
        "There is an open preschool at the family centre (familjecentral) too.\n"
        "You need no reason to come. You are welcome as you are."
    ),
    "brushing": N_(
        "Brush your child's teeth morning and evening. Every time counts.\n"
        "Use a little children's toothpaste with fluoride.\n"
        "Sing a song while you brush. It makes it more fun.\n"
        "Dental care is free for children. BVC (the child health centre) or Folktandvården (the "
        "dentist) tells you more."
    ),
    "after_visits": N_(
        "The home visits are for the first 15 months. Open preschool (öppen förskola) goes on.\n"
        "It is free, for children aged 0–6 and their adults.\n"
        "There are groups for parents too. Ask us, or ask at BVC (the child health centre).\n"
        "You are always welcome there."
    ),
    "many_languages": N_(
        "Every language that your child hears is a gift.\n"
        "Talk, sing and read in the language you know best.\n"
        "The library has books in many languages. Borrowing is free.\n"
        "Ask the staff for books in your language. Look at the pictures and tell the story in "
        "your own words."
    ),
    "learn_swedish": N_(
        "Would you like to practise Swedish?\n"
        "At some open preschools (öppen förskola) you can do it and have your child with you.\n"
        "You already know at least one language well. That is a strength.\n"
        "Ask at the open preschool or ask us. You decide if it suits you."
    ),
    "bvc_18_months": N_(
        "When your child is 18 months it is time for a visit to BVC (the child health centre).\n"
        "BVC contacts you about the time.\n"
        "Your child may also be offered a vaccine. It is free and voluntary.\n"
        "You have the right to an interpreter. Bring all your questions!"
    ),
    "free_hours": N_(
        "From the autumn of the year your child turns 3, about 15 hours a week at preschool "
        "(förskola) are free.\n"
        "This is for all children, during the school terms.\n"
        "The city contacts you before that autumn. You decide. Both yes and no are fine.\n"
        "You find more at goteborg.se."
    ),
}

# A tip before the birth: it promises no day, and never asks whether the child has come.
EARLY_TEXTS: dict[str, str] = {
    "expecting_welcome": N_(
        "The family centre (familjecentral) is open for you who expect a child, too.\n"
        "There is a midwife, BVC (the child health centre) and the open preschool (öppen "
        "förskola) in one house.\n"
        "You can ask questions there, and talk with somebody alone.\n"
        "You need no reason to come. You are welcome as you are."
    ),
}

# Where the library comes home, in place of the tips of the same names (mission E11).
BOKSTART_TEXTS: dict[str, str] = {
    "bokstart": N_(
        "Bokstart: the library likes to visit you at home. Your child gets a book as a gift.\n"
        "It is free and voluntary.\n"
        "Do you want a visit? Press the button. Then we contact you."
    ),
    "bokstart_again": N_(
        "Bokstart: when your child is about 11 months, the library likes to visit you at home. "
        "Your child gets a new book.\n"
        "It is free and voluntary, also if you had no visit before.\n"
        "Do you want a visit? Press the button. Then we contact you."
    ),
}

# An idea speaks to one parent: singular you (du, adiga); Arabic stays plural (كم).
STRENGTH_TEXTS: dict[str, str] = {
    "skin_and_voice": N_(
        "Your warmth and your voice feel like home to your child.\n"
        "Hold your child close, cheek to cheek, and talk or sing softly.\n"
        "You need no special words. You are enough, just as you are."
    ),
    "you_know_best": N_(
        "You already see small things that nobody else sees: a look, a sound, a movement.\n"
        "Guess what your child wants to tell you. It is fine to guess wrong.\n"
        "You know your child in your own way. That is worth a lot."
    ),
    "faces": N_(
        "Your face is the nicest thing your child knows.\n"
        "Come close, smile and say something. Then wait a little.\n"
        "Maybe you get a look, a sound or a small movement back. Then you two have talked with "
        "each other."
    ),
    "answer_sounds": N_(
        "When your child makes a sound, make the same sound back.\n"
        "Wait, listen and answer again. Now you two are talking.\n"
        "It may feel a little silly, and that is fine. Your answer says: I hear you, and I like "
        "what you tell me."
    ),
    "a_song": N_(
        "Choose a song that you like, perhaps one from when you were small.\n"
        "Sing it again and again. Your child does not mind if you sing wrong.\n"
        "It becomes your own song, only for you two."
    ),
    "what_it_likes": N_(
        "What does your child like just now? A lamp, a voice, a soft cloth?\n"
        "Watch for a while and follow along.\n"
        "You need no toys from a shop. When you see what makes your child happy, you are happy "
        "together."
    ),
    "walk_and_tell": N_(
        "When you go out, tell your child what you see: a bus, a bird, a tree.\n"
        "Use your own language and your own words.\n"
        "Stop when your child looks at something. You show the world, one small thing at a "
        "time."
    ),
    # Translators: The game of hiding one's face and coming back.
    "peekaboo": N_(
        "Hide your face behind your hands or a cloth. Wait a little. Then come back with a "
        "smile!\n"
        "You can play this everywhere. You need no toys.\n"
        "Every time you come back you say: Here I am, you can trust me."
    ),
    "look_together": N_(
        "See where your child is looking, and look there too.\n"
        "Say what it is, or just be quiet together.\n"
        "When you look at the same thing, your child feels: We two belong together. You surely "
        "do this already."
    ),
    # Translators: Play, not cooking: no advice on food.
    "kitchen_play": N_(
        "You already have good toys at home: a spoon, a lid, a plastic bowl.\n"
        "Sit on the floor for a while. Try how they sound.\n"
        "Let your child choose what comes next. Your time is the best thing in the game."
    ),
    "hands_and_clapping": N_(
        "Hold your child's hands and clap to a song that you know.\n"
        "Slow or fast, loud or quiet: you decide together.\n"
        "Stop now and then, and wait. Perhaps your child wants more. Your joy is your child's "
        "joy too."
    ),
    "book_on_lap": N_(
        "Sit close with a book and your child in your lap.\n"
        "You do not need to read the words. Point at a picture and tell something, in your "
        "language.\n"
        "Two pages are enough. The best thing about the book is you."
    ),
    "follow_the_child": N_(
        "Let your child decide the play for a few minutes.\n"
        "Sit on the floor, do as your child does and say what you do.\n"
        "You do not need to teach anything. When you join in, your child feels: My ideas are "
        "good."
    ),
    "small_words": N_(
        "The day is full of words: sock, door, water, cap.\n"
        "Say them when you do what you always do, when you dress or tidy.\n"
        "Your child hears them from you, again and again. It is a fine gift, and you give it "
        "every day."
    ),
    # Translators: Partner, relative or friend: many parents are alone with the child.
    "help_each_other": N_(
        "Who helps you in daily life? A partner, a grandmother, a friend, a neighbour?\n"
        "Say one thing that you like about what that person does.\n"
        "It is fine to ask for help. When adults are kind to each other, it is good for the "
        "child too."
    ),
    "everyday_helper": N_(
        "Let your child take part in what you do: put a sock in the basket, wipe a table, carry "
        "a spoon.\n"
        "It takes longer, and that is fine.\n"
        "Say thank you for the help. Helping you feels big and good."
    ),
    # Translators: Some families do not use music: singing is named too.
    "dance": N_(
        "Put on music that you like, perhaps from the place where you grew up. You can also "
        "sing yourself.\n"
        "Hold your child or hold hands, and dance as you want.\n"
        "Nobody is watching. Your joy goes straight to your child."
    ),
    # Translators: Something nice: a memory may also be heavy.
    "own_stories": N_(
        "Tell your child about something nice from when you were small: a game, a song, a "
        "person you like.\n"
        "Use your own language. It can be short.\n"
        "Your child hears your voice and gets a piece of your story. Nobody else can give it."
    ),
    "what_works": N_(
        "Think of one thing that works well for you and your child just now.\n"
        "It may be something small: a song in the morning, a walk, a laugh.\n"
        "Do more of it. You found it yourself, and you know how. Well done!"
    ),
}
