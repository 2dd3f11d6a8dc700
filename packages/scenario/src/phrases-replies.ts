// Owns: what people answer under somebody else's post, by where they stand. {who} is the person answered, {theirs} what they wait for.
import { lines } from './grammar.ts';

/** Negative: me too, and worse. */
export const supports = lines(`
  {who} same here. [Mine's|Ours is] stuck at Marlstock since {since} as well.
  {who} exactly this. I've asked {nn} times.
  {who} they told me I was the only one!! Same words!
  {who} oh no, not {theirs}. That's awful, I'm so sorry. {co} answer this person.
  {who} don't hold your breath, I've had nothing since {since}.
  {who} snap. {city}. Same tracking message, same silence.
  {who} I'd be fuming too. They've had {theirs} out in that yard and they can't even type sorry?
  {who} keep going, they only answer if you make noise.
  {who} mine was in there with yours then. Hope they got on.
  {who} solidarity from {city}. It's the not knowing.
  {who} they've blocked my number I think. {co} is that what you do now?
  {who} ours arrived. You don't want to know. Get your claim in now.
  {who} how is {theirs} supposed to survive three nights of that? Disgusting.
  {who} please tag the consumer programme, they rang me back within the hour.
  {who} disgraceful. {co} this is the fifth one like this I've read in ten minutes.
  {who} I got the "estimates" message too. Word for word. Even the comma's in the wrong place.
  {who} add me to the list. Order went in on {since}, hasn't moved.
  {who} right?? And then they ask you to rate the chat.
  {who} this made me so angry I've come on to complain about mine as well. {co}
  {who} don't let them fob you off with the voucher. It's three quid.
  {who} my heart sank reading this. {co} do the decent thing.
  {who} been there. {hold} on the phone to be told nothing. They don't care.
  {who} they won't reply. They never do. Look at their timeline, last post is a dog in a van.
  {who} and not one manager with the guts to put their name to it.
  {who} it's the "safe and dry" email that finished me off.
  {co} are you going to answer {who} or just leave this here for everyone to read?
  {co} {who} has been waiting longer than me and I'm livid.
  {who} chargeback. Don't argue with them, ring your bank. They're useless.
`);

/** Negative towards what was said, or towards the person saying it. */
export const quarrels = lines(`
  {who} it's a parcel. Nobody died. But yes, they're rubbish.
  {who} sorry but no, "roofs fall in" doesn't explain three nights.
  {who} you work for them, don't you?
  {who} easy to say when it isn't yours in the mud.
  {who} stop making excuses for them, it's embarrassing.
  {who} wrong. They were told about that roof in the spring. Ask anyone who worked there.
  {who} lovely that yours came. Read the room.
  {who} "be kind" he says, from a house with all his parcels in it.
  {who} you would say that.
  {who} the drivers are great. It's not the drivers who decided to leave it outside, is it.
`);

/** Neutral: questions and remarks. */
export const queries = lines(`
  {who} which depot is yours?
  {who} did you get anywhere with this?
  {who} does yours say Dock 3 as well?
  {who} how did you get a person on the phone?
  {who} is that photo from today or from {roofday}?
  {who} what does your tracking say now?
  {who} when did you send it?
  {who} did the sender offer a replacement?
  {who} have you a link to the claim form that works?
  {who} was it signed for?
  {who} is that the {city} one?
`);

export const remarks = lines(`
  {who} try the shop rather than the courier, it's their job to sort it.
  {who} take a photo of the label before it dries, the ink comes off.
  {who} try "agent" three times in the chat, worked for me.
  {who} following, as I've got one due {soon}.
  {who} mine says the same but it's for {soon}.
  {who} the {city} depot opens at seven, there's a hatch round the side.
  {who} Citizens advice have a template for this, it's decent.
  {who} no idea, sorry. Somebody further up said Dock 1 is fine.
  {who} I think that's the standard message, I had it for a delivery last month too.
  {who} for what it's worth mine took five days and then came.
  {who} not sure that's Marlstock, the lamp posts look wrong. Could be though.
  {who} it was on the local news just now, two whole minutes of it.
  {who} put it in a bag of rice. The whole {theirs2}.
  {who} tagging my brother, he used to work on that dock.
`);

/** Positive: comfort, thanks, defence. */
export const comforts = lines(`
  {who} really hope you get {theirs} in time. Fingers crossed.
  {who} mine was the same and it turned up perfect this {daypart}. Don't lose hope.
  {who} thank you for that, really helpful!
  {who} oh that's brilliant news, so pleased for you.
  {who} well said. The drivers have been great.
  {who} I've got one you can borrow, {city} way. Message me.
  {who} thank you, that worked! Got a human!
  {who} our driver {driver} is the same. Absolute treasure.
  {who} whatever happens I hope the day itself is a lovely one.
  {who} good luck with it, you've been more patient than I'd be.
  {who} love this. Faith in people restored.
  {who} fair play, that's a kind thing to do.
  {who} ring the {city} depot direct, ask for {driver}. Sorted mine in ten minutes, couldn't have been nicer.
  {who} thank you for posting the truth. Brave.
`);

/** A person answering under their own earlier post. */
export const selfReplies = lines(`
  Adding to this because I've just been sent a "how did we do?" survey. {co}
  And another thing.
  PS the tracking has changed. To an EARLIER status.
  To everyone asking: no, they've not answered.
  Thanks for all the messages everyone. Except you {co}, from whom I've had none.
  Update on the above: rang again. {hold}. Cut off.
  Correction, it's been {days}, I'd lost count.
  Forgot to say why it matters. {stakefull}
  This has had more answers from strangers than from {Co} in {days}.
  For the record I have now also tried the email. Bounced.
  Somebody asked for the number. It ends {ref}.
  Still nothing under here from {co}, {ago} on.
`);
