// Owns: the building blocks of those who are not cross: thanks in three parts, a question or a report in two.
import { lines } from './grammar.ts';

/** Their own parcel came. */
export const arrivals = lines(`
  {my} came [this {daypart}|just now|an hour ago] and there's not a mark on it.
  {my} arrived a day late with a handwritten sorry on the box.
  {driver} hid {my} in the shed, out of the wet, and left me a note with a map.
  My order was in Marlstock, and it came, and it's fine. It does happen!
  {my} came and it's better than the picture.
  Opened the door and there it was: {my}, in a clean dry bag.
  {my}, two hours EARLY. I was in the bath.
  Ten minutes on the phone and {my} was on the next van.
  Whoever dug {my} out of Marlstock, I owe you a pint.
  {my} has landed. Dry. I checked every side.
  Had given up on {my} and then the bell went.
`);

/** Somebody was kind; it need not be about a parcel. */
export const kindnesses = lines(`
  My driver {driver} rang the bell, stood back, and asked how I was.
  {driver} walked up from the main road with it because our lane's flooded.
  A man on the phone in {city} stayed on with me until he'd found it.
  The lady at the {city} counter opened early so I could catch my train.
  {driver} found my neighbour on her step in tears and sat with her. With her!
  Got a call back. An actual call back. From a person called Ruth.
  Refund was in before I'd finished my tea.
  They let me change the address at the last minute, no fuss and no charge.
  Forty parcels for the food bank, all delivered, all dry, all before nine.
  The lad who came had wrapped mine in his own coat.
  The {city} depot rang round everybody on our street to tell us the truth, which was "a day late, sorry".
  Been poorly for months and {driver} always waits for me to get to the door.
  Dropped a return at the {city} DroveBox, in and out in a minute.
  Sent a cello to {city2} with them last month and it got there in tune.
  Kath at the {city} counter remembered my name and my hip.
  {driver} spotted the wrong house number on the label and found us anyway.
`);

export const kindnessMore = lines(`
  That's {city} for you.
  And this was in the pouring rain.
  The whole of our street in {city} would say the same.
  My mum in {city2} says the same about hers.
  I've been in {city} eleven years and it's always been like this.
  I only mention it because nobody ever does.
  Didn't have to. Just did.
  If you know him, tell him {city} says hello.
  This was on {since}, I've been meaning to post it.
  Told my sister in {city2} and she didn't believe me.
  I've written to the {city} depot to say so.
  Wouldn't take a tip either.
`);

export const thanksOpeners = lines(`
  Something nice for once:
  Credit where it's due {co}.
  In the middle of all this:
  Thank you {co}.
  Just want to say thanks to {Co}.
  Fair's fair.
  I'll probably get shouted at for this.
  A happy one from {city}:
  Not all bad!
  Gold star.
  Well I'm impressed.
  Right, positive post.
`);

export const thanksClosers = lines(`
  Thank you, whoever you are.
  Made my week.
  That's how it's done.
  Proper service.
  Can't fault it.
  Really grateful.
  Lovely people.
  More of that please.
  Give them a pay rise.
  Five stars from me.
  I baked him a cake. He's earned it.
  Best courier we've had on this street.
  Be nice to your drivers today everyone.
  Thank you thank you.
  So kind.
`);

/** Said by somebody who has already said something good. */
export const thanksAgain = lines(`
  Still smiling about it, if I'm honest.
  And he's just waved from the van. Lovely.
  For those asking, yes it really was {Co}, and yes it was dry. Very happy.
  I stand by what I said. Good people, bad week.
  Have emailed {co} to praise the driver by name. They should hear the good ones too.
  Adding: the box was spotless. Thank you again.
  Wrote a thank you card for {driver}. Kids drew a van on it.
  My neighbour's came as well! Two out of two on this street, brilliant.
  Somebody asked which depot. {city}. They're great there.
  I know others are having a rotten time and I hope yours come too. Fingers crossed for you all.
  Bit of a pile-on today. Worth saying most of them are just trying to help. Thank you to those ones.
  I've had worse from {Co} and much worse from others. Today was good, thanks.
`);

export const asks = lines(`
  Does [anybody|anyone] know whether {city} parcels go through Marlstock?
  Is the {city} depot open for collections [today|this {daypart}|tomorrow]?
  {co} are you still taking parcels at the DroveBox in {city}?
  Can I redirect something to {city2} once it's been scanned at {city}?
  Has anything reached {city} from Marlstock since {roofday}?
  What's the latest on Marlstock, has anyone seen a proper update?
  If the tracking says {city} and the email says {city2}, which one wins?
  Due one on {soon} to {city}, is that likely?
  How long are they holding things at the {city} depot?
  {co} is next day still next day if it goes from {city} to {city2}?
  Which number do I ring about something due {soon}?
  Anybody in {city} had a delivery today?
  Is it worth driving to the {city} depot or will they turn me away?
  Do refunds go to the sender or to me, if it was a gift?
  Can a neighbour collect for me with a photo of my ID?
  Who do you use instead, from {city}?
`);

export const reports = lines(`
  Just had a text: mine is now due {soon}.
  Tracking for {city} has started moving again.
  Queue at the {city} counter is about twenty people, moving steadily.
  The {city} vans went out at seven as usual.
  Mine went {city}, Marlstock, {city2}, Marlstock. Keeping count.
  The shop emailed to say they've stopped using {Co} until {soon}.
  Status for my one went from "at hub" to "being checked" at lunch.
  The local news page has a map of the yard now.
  Someone from the union was on the radio just now about the shifts.
  They've put a sign up at the {city} depot: no Marlstock items before {soon}.
  Three lorries just went into Marlstock past our office, empty by the look of it.
  According to the timetable on their site the {city} run leaves at four.
  The roofers' vans are at Marlstock, for those asking.
  I work opposite. They are putting up floodlights.
`);

export const asides = lines(`
  Asking for my [mum|neighbour|boss|choir].
  No panic, just planning.
  Thanks in advance.
  First time using them.
  Will update.
  For info.
  I'm fifteen minutes away so I can pop in.
  Sorry if it's been asked.
  That's all I know.
  Make of it what you will.
  Hope that helps somebody.
`);

export const onlookerHeads = lines(`
  I don't even use {Co}.
  No dog in this fight.
  Just catching up on this.
  What on earth, {co}.
  My sister sent me this.
  Came here for the cricket, stayed for the parcels.
  Good grief.
  Sorry, what?
  I've seen some things.
  Been reading the replies for an hour.
  Twenty years in logistics, me.
  As a former postman:
  Watching this from abroad.
`);

export const onlookerTails = lines(`
  Somebody made that choice.
  Not one word of sorry.
  You can't train that out of a company.
  And they'll be "learning lessons" by {soon}.
  Heads should roll.
  It costs nothing to be honest.
  Every single one of those is somebody's something.
  Who's in charge over there?
  I'd be ashamed to wear the jacket.
  They'd have moved faster if it was raining on the bosses' cars.
  Will anyone actually answer for it?
  I hope the fine is enormous.
  Grim.
  Shocking.
`);

/** What somebody tells of themselves in passing: makes two people with the same question two people. */
export const aboutMe = lines(`
  I'm in {city}, waiting on {my}.
  Mine's {my}, sent from {city2} on {since}.
  Ordered {since}, [told|promised] {soon}, currently nowhere.
  {my}, [from|via] {city2}, if that makes any difference.
  ({city}, sent {since}, ends {ref}.)
  In my case it's {my}.
  Mine left {city2} on {since}.
  We've {my} somewhere between {city2} and here.
  I'm only after {my}.
  {city} end of things here, due {soon}.
  My tracking ends {ref} and stops on {since}.
  There's {my} in it for us.
  Sent to {city} by my sister in {city2}.
  Waiting in for {my} until {soon}, then I'm away.
  It's coming to my work in {city}, so I'd rather know.
  I sent {my} to {city2} on {since}.
  Got {days} of tracking screenshots if anyone wants a look.
`);

export const myGoodNews = lines(`
  The {thing} is out of its box and perfect.
  {my} is safe on the kitchen table as I type.
  {city} to {city2} in {days}, not bad with a roof down.
  The whole of our street in {city} would say the same.
  {stakefull} And now it's here.
  I'd been fretting about {my} since {since}.
  That's {city} for you.
  And I'd only gone out for a minute.
  The {thing} works, the kids are happy, I'm happy.
  My mum in {city2} says the same about hers.
  It was {my}, so you can imagine.
  I've been in {city} eleven years and it's always been like this.
  They even put the {thing} round the back, out of the wind.
  Ordered {since}, so {days} all told.
  Had {my} down as lost, I'll admit.
  First parcel I've had since moving to {city}.
`);

export const comfortMore = lines(`
  Mine was {my} and it made it, so there's hope.
  I'm in {city} if you need anything at all.
  We had a scare with {my} and a nice man sorted it.
  All of us in {city} have our fingers crossed.
  Sending a hug from {city}.
  I'd lend you mine if {city} was nearer {city2}.
  Been thinking about you since your first post.
  It'll be a good story one day.
  You've more friends on here than you think.
  I got {my} back after {days}, no harm done.
  Shout if a lift from {city} would help.
  My whole office in {city} is reading along and wishing you well.
`);

/** Cross people about themselves, under somebody else's complaint. */
export const mineToo = lines(`
  I've {my} in there too.
  {city}, {days}, not a word.
  Mine's {my}.
  It's {my} for us, since {since}.
  {days} here.
  We're in {city} and it's no better.
  That's two of us then, mine was due {since}.
  They've got {my} and they've got my money.
  {city} has given up on them.
  I've got {nn} emails from them and none of them says anything.
  Mine ends {ref}, if we're making a list.
  It's {amount} in my case.
`);
