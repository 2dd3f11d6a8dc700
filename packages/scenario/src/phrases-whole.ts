// Owns: whole posts written by hand that need no building: jokes, rages, oddities, and people who only pass by.
import { lines } from './grammar.ts';

/** Negative; told by somebody who is waiting for a parcel. */
export const wholeComplaints = lines(`
  Timeline of {my}: {since} dispatched. {since} arrives Marlstock. Roof falls in. {today} I am writing this. Thank you for coming to my TED talk {co}
  My parcel has now spent longer in Marlstock than I spent at university and has probably learned more.
  I rang {Co} to ask if my parcel was in the yard and the recorded message told me to "visit our hub". Don't tempt me.
  Asked the chatbot if {my} was wet. It replied "Great question! Water resistance varies by product." I give up.
  {co} you have one job. It is in the name. The well is optional, the drove is not.
  I teach thirty 8 year olds and if I left their coats out in the rain for three nights I'd be in the paper. Come on {Co}.
  Not angry. Just very, very tired, and waiting for {my}. {co}
  Funny how the "we've charged your card" email is never delayed by operational reasons {co}
  My postie, who is a different company and sixty-one, says he would have carried it home under his coat.
  Genuinely asking {co}: whose idea was "outside"?
  The "you're the only customer reporting this" email reached me and, I now learn, my neighbour, my cousin and my dentist.
  {co} I have a photo of my parcel going out in the rain taken BY YOUR OWN DELIVERY APP. You sent it to me. As proof.
  Three days ago I'd never heard of Marlstock. Now I could draw it.
  I ordered {my} because I was having a bad week. {co} saw that and had ideas.
  They've put "some deliveries may be affected by weather" on the site. Weather is what happens outside. That's rather the point of a building.
  Does {co} know the parcels belong to us? Serious question. It feels like nobody has said.
  If anyone from {Co} is reading: my name's on the label, my street's on the label, my phone number's on the label. You know EXACTLY how to reach me.
  My wife has just read out the {Co} apology in the voice of a railway announcement and I've not laughed like that since the parcel was ordered.
  Tried to visit Marlstock in person. There's a queue down to the roundabout and a man selling umbrellas. Fair play to the man.
  So I paid {small} for "Careful Handling". Could {co} talk me through the careful bit.
  {my}. Three nights. In the rain. I don't know what else there is to say {co}
  Sat in the car outside the DroveBox in {city}. Four of us now. We've started sharing crisps. {co}
  Been a small seller for nine years. This week I've refunded {nn} people out of my own pocket for parcels {Co} left in a field. Who refunds me?
  {co} I am a patient man. I restore clocks. I have waited eleven months for a spring. Answer your messages.
  I'm a claims handler for a different firm and if I'd sent a form like that one I'd be retrained. {co}
  So the delivery arrived! Not mine. Somebody called Mrs Ottaway's. It's wet too. {co} does she want it?
  Someone at {Co} wrote the words "we take this seriously" and someone else approved it and neither of them looked out of a window.
  The van came! It had nothing for me. He just wanted to turn round in our drive. {co}
  I don't want compensation, I want {my}, and I want someone to say the word sorry without the word "if".
  {co} your advert just came on. The one with the dog. "Treated like our own." My whole living room booed.
  I build sheds. I could have had a lid on that yard by teatime. Just saying {co}
`);

/** Negative; told by people who wait for nothing but have seen enough. */
export const onlookers = lines(`
  That Marlstock photo is grim. {co} anything to say?
  No parcel in this fight but leaving people's things out in the rain for three nights and saying "operating normally" is some nerve.
  Whoever runs comms at {Co} must be having quite the {daypart}. Deservedly.
  My mum's just rung to ask me what a soggygate is. Well done {co}, you've reached my mum.
  Not a customer. Never will be now.
  I used to work in a warehouse. You sheet everything. First thing you do. You SHEET it. {co}
  Every company says it cares about your parcel. {Co} left theirs out like a wheelie bin.
  Three nights. You could have rented a marquee. You could have rung a wedding hire place.
  Scrolling through the replies to {co} and it's all hearing aids and wedding stuff and somebody's ashes. Grim.
  The line about "delivery dates are estimates" is going to be taught in colleges {co}
  Whole thread of people being told they're the only one. All of them. At once.
  Pay people. Say sorry. Fix the roof. In any order. Just start {co}.
  So the roof fails on {roofday} and it takes a lad with a phone for anyone to hear about it?
  If that yard had been full of the directors' golf clubs there'd have been a tarpaulin on it in ten minutes.
  I'm in insurance. Somebody at {Co} is about to discover what "reasonable precautions" means.
  Imagine being the driver who has to hand those over tomorrow. {Co} have hung their own people out to dry. Or not dry.
  The stock photo on {Co}'s homepage is a woman laughing with a parcel. In the sun. Read the room.
  Drove past Marlstock this {daypart}, whole yard still full. Still. Nobody moving.
  What gets me is how neat the rows are. They had time to do rows.
  Anyone else think the silence from {co} is worse than the rain?
`);

/** Neutral: questions, facts and tips. {co} may answer, nobody is cross. */
export const neutrals = lines(`
  Does anyone know if the {city} depot takes its parcels from Marlstock or from somewhere else?
  Is {Co} still collecting? I've got a return to send and the label's already printed.
  For anyone stuck: your contract is with the shop, not the courier. Ask the shop for a replacement. Took me one email.
  Which hubs are affected, is it only Marlstock?
  {co} is the DroveBox at {city} station still working? Got something due there {soon}.
  Has anyone actually had a parcel come out of Marlstock since {roofday}?
  I'm sending a birthday parcel {soon}, should I use somebody else? Asking honestly.
  Local radio says the roof at the Marlstock sorting hub came in on {roofday} after the high winds, nobody hurt.
  If your tracking says "Dock 3" that's the bit that lost its roof. Dock 1 and 2 seem to be moving.
  What's the difference between "at hub" and "held at hub"? Mine changed over at lunchtime.
  {co} can I change the delivery address while it's sitting there, or will that make it worse?
  Anyone know how to get past Dot to a person? Asking for my gran.
  Typing "agent agent agent" to Dot gets you a person after the third go. You're welcome.
  Parcel update for {city}: two vans seen this {daypart}, both delivering.
  Mine moved! "Left hub", just now. Will report back on the state of it.
  How long do you have to put in a damage claim, is it 14 days or 28?
  Photograph the box before you open it, then each layer. Learned that the hard way with another firm.
  {co} do you deliver on {soon}?
  Is it just parcels through Marlstock, or letters from the bank too?
  Trying to work out if a parcel from {city} to {city2} goes anywhere near Marlstock. Anyone?
  Following this for a friend who sells candles.
  The company's accounts say Marlstock handles about a fifth of its parcels. For scale.
  Journalism student here, writing about how firms answer people online. Anyone with a {Co} reply, good or bad, can you post it?
  Does the redelivery fee get waived for this, {co}?
  The Marlstock road is down to one lane by the hub, go round by the garden centre.
  Has anyone claimed through their bank for this? Which form was it?
  What happens with things that need to be kept cold, {co}? Is there a list?
  I've got a collection booked for {soon}. Leave it or cancel it?
  Is {Co} the same people as the lockers outside the supermarket, or is that a different lot?
  {co} my parcel has gone to a neighbour I've never met, how do I find out which one?
  Counted 61 posts about {Co} in my feed since lunch. I follow mainly gardeners.
  Their status page has changed. It now says "Marlstock: reduced operation". It said normal an hour ago.
  Weather warning for the Marlstock area again tonight, yellow, from nine.
  Does a wet box count as damaged if what's inside is fine?
`);

/** Positive: thanks, praise, patience and defence. */
export const praises = lines(`
  Shout out to my {Co} driver {driver}, [rang ahead|knocked twice|waited while I got my shoes on] and said sorry for a thing that wasn't his fault. Proper gent.
  Mine came! Bone dry! Thank you {co}, and thank you {driver}.
  Credit where it's due, {co}, the lady on the phone rang me back like she said she would and it's sorted.
  Sorted now. Refund in my account this {daypart}. Thanks for the quick turn round {co}
  To be fair to {Co}, I've had about two hundred parcels off them and this is the first wobble.
  {driver} in {city} has been our {Co} driver for six years and knows all the dogs by name. Please don't shout at him.
  Just made a flask for the {Co} lad on our street, he's been at it since before it got light. Lovely boy, drenched.
  {co} thank you for finding {my}! A bit late but safe and sound. Really grateful.
  Whoever re-packed my parcel at Marlstock put it in two bags and wrote "sorry" on it with a little heart. Thank you, whoever you are.
  Roofs fall in. Nobody was hurt, thank goodness. Hope the night shift are all right.
  Be kind to the person who answers, everyone. They didn't drop the roof.
  I rang, I waited nine minutes, a man called {driver} found it and it came the same day. Good service.
  Left my glasses on the doorstep and the {Co} driver came BACK to hand them to me. Humans are nice.
  My parcel came this {daypart}, dry as a cracker. Delighted. {co}
  Well done to the crew at Marlstock who by the look of it are sorting by torchlight.
  {co} your driver in {city} helped my mum carry her shopping in as well. Made her day. Give that person a raise.
  I'm actually impressed, had a proper reply from {Co} with a name on it and a date. And they kept the date.
  Nothing but praise for {driver}, who walked back up four flights because he'd given me next door's by mistake.
  Happy ending! {my} turned up, box a bit soft, inside perfect. Thanks {co}
  Unpopular opinion: I like {Co}. Same driver every time, always a wave.
  Thanks to whoever runs this account {co}, you must be having a day of it. You helped me last month and I haven't forgotten.
  Love how this street has turned into a parcel rescue. Four of us drying out number 12's books with a hairdryer. Best neighbours.
  {driver} from {Co} saw I was on my own with the baby and brought it right into the kitchen. Star.
  Great work by the team at the {city} depot, kept everyone posted on the noticeboard and gave out teas.
  Good on the person at {Co} who just said "yes, that was our fault" on the phone. So refreshing I nearly cried.
  Had my compensation in two days, no quibble, really happy with how {Co} handled it.
`);

/** Drivers people are fond of; the sentences say he. */
export const drivers: readonly string[] =
  'Len,Manny,Big Steve,Yusuf,Dariusz,Femi,Ravi,Gaz,Milo,Kofi,Old Tony,Winston'.split(',');
