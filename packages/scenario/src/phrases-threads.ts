// Owns: what people say under the posts everybody reads, by the part of the person answered (or by that person), and by mood.
import { lines } from './grammar.ts';
import type { Mood } from './story.ts';

type ByMood = Record<Mood, readonly string[]>;
const none: readonly string[] = [];

export const underWellKnown: Record<string, ByMood> = {
  leak: {
    negative: lines(`
      {who} I feel [physically|actually] sick. That's people's LIVES in those boxes. {co}
      {who} second row, third from the left, that's a cot mattress. I packed one like it on {since}. {co}
      {who} "safe and dry" they told me. SAFE AND DRY. {co}
      {who} and not one manager out there with a bin bag.
      {who} is that from the road? My {thing} is in there somewhere then. {co} answer for this.
      {who} showing this to my [solicitor|bank|boss|mother in law] in the morning
      {who} they've charged me for "Careful Handling" and it's THAT
      {who} I rang {co} yesterday and they swore blind nothing was outside. Liars.
      {who} three nights. It poured on {roofday}. It poured every night since.
      {who} so that's why nobody would tell me where {my} was. Shame on {co}.
      {who} saved this before it gets taken down. Everybody save it.
      {who} look at the size of the puddle by the forklift, that's not one night's rain
      {who} I can read the postcode on that front one. {co} do you understand how bad that is?
      {who} whoever gave that order should be carrying every one of those to people's doors on foot.
    `),
    neutral: lines(`
      {who} which side of the hub is this, the Quarry Lane gate?
      {who} is this today's or from {roofday}?
      {who} do you know if the small parcels are in the cages at the back?
      {who} are the ones in the cages scanned, or just the ones on the ground?
      {who} has anybody checked this is Marlstock? The lamp posts look right to me but I'm no expert.
      {who} roughly how many would you say, a thousand? more?
      {who} are the vans still loading from Dock 1?
      {who} {city} here, would ours come through this yard?
    `),
    positive: lines(`
      {who} thank you for posting the truth. That took guts.
      {who} brave. Don't say who you are. Thank you.
      {who} good on you. Look after yourself and your mates tonight.
      {who} respect to all of you on nights, doing your best with what you've got.
      {who} proud of whoever took this, at least somebody there cares.
      {who} thanks mate. We'd never have known.
    `),
  },
  'canned-reply': {
    negative: lines(`
      {who} I HAVE THE SAME ONE. Same words. I was the first customer on {since}.
      {who} I'm so sorry about your gran. {co} you should be on your knees.
      {who} "if you feel inconvenienced". IF. {co}
      {who} first customer number {nn}00 reporting in
      {who} who signed that off? An actual human being signed that off.
      {who} the exclamation mark after inconvenienced is what does it for me
      {who} a machine answered somebody about their nan's ashes. {co} turn it off. Turn it off now.
      {who} mine said it too and then asked if I'd like to hear about Drovewell Plus
      {who} that is the worst reply I have seen from any company ever and I once worked for a water board
      {who} "estimates". I estimate they've lost about a million customers.
    `),
    neutral: lines(`
      {who} was that from Dot or from a person?
      {who} did it give you a reference number at the bottom?
      {who} mine said it was automated, tiny print under the logo.
      {who} is that the same wording everybody's getting?
    `),
    positive: lines(`
      {who} so sorry about your gran. Sending love, really hope they find her.
      {who} my mum works near there and says she'll go and ask at the gate for you. Message me.
      {who} you've been so dignified about this. Hope a kind human picks it up.
    `),
  },
  'repeat-poster': {
    negative: lines(`
      {who} how can anyone read this and not pick up a phone. {co}
      {who} {co} answer this person before you answer anybody else.
      {who} I've been reading these all {daypart} and I'm livid on your behalf.
      {who} still nothing?? {co} what is WRONG with you
      {who} it was the one about the {theirs2} that got me. {co} shame.
      {who} every time you post I check whether they've replied. They haven't.
      {who} they answered a bloke about a phone case before you. I checked. {co}
      {who} {nn} posts and a robot. That's what we're worth to {co}.
    `),
    neutral: lines(`
      {who} what does the tracking say now?
      {who} has anyone from {co} been in touch at all?
      {who} which depot would it come out of, {city}?
      {who} does the shop have another one they could send?
      {who} try the hub's own number, it's on the back of the missed-delivery card.
    `),
    positive: lines(`
      {who} whole thread is rooting for you.
      {who} really hope you get {theirs} in time. Fingers and toes crossed.
      {who} you're a lovely person and you deserve better. Hugs from {city}.
      {who} I'm in {city} and I've got a car and a free day. Say the word, glad to help.
      {who} thank you for staying so kind through all this.
    `),
  },
  health: {
    negative: lines(`
      {who} this has gone past parcels. {co} somebody could be seriously hurt. ANSWER HIM.
      {who} {co} a nine year old. What is the matter with you.
      {who} my daughter's are in there too. Nobody has rung us either. I'm frightened.
      {who} why isn't there a medical line? Why is there not ONE number?
      {who} how many more like this are in that yard {co}
    `),
    neutral: lines(`
      {who} ask your pharmacy for an emergency supply, they can sometimes do it the same day.
      {who} which make are they? Somebody here may have spares.
      {who} ring 111 and tell them how many you've got left, they do have a route for this.
      {who} are they no good at all once the box has been wet?
    `),
    positive: lines(`
      {who} we've got a spare box, same make, near {city}. Happy to drive it over tonight.
      {who} thinking of you and your lad. People are good, somebody will come through.
      {who} so glad somebody came through for you. Give him a high five from us.
    `),
  },
  seller: {
    negative: lines(`
      {who} same, 30 orders for me. They've got my money and my reputation. {co}
      {who} business account here too, account manager left in the spring, nobody replaced them.
      {who} the green tape. That's heartbreaking. {co} look at what you've done.
      {who} they'll wait for you to go bust and call it resolved. {co}
    `),
    neutral: lines(`
      {who} does your insurance cover goods in transit? Worth a look.
      {who} who are you sending with until it's sorted?
      {who} how many had tracking, all 63?
    `),
    positive: lines(`
      {who} just ordered three. No rush at all, send them when you can.
      {who} mine was one of the 63 and I'm not cross with you for a second. Lovely candles.
      {who} your little cards are the best bit. Hang in there, glad to wait.
    `),
  },
  'personal-data': {
    negative: lines(`{who} same call here!! They knew my order number. {co} how do they know my order number?
      {who} {co} people are being scammed off the back of this and you're asleep
      {who} they got forty quid out of my dad with that one. {co} warn people.`),
    neutral: lines(`{who} take your number down if you can, scammers read these threads.
      {who} what number did they ring from?
      {who} I'd delete that first post, love, it's got your phone number in it.`),
    positive: lines(`{who} glad you put the phone down in time. Well spotted!
      {who} thanks for the warning, I'd have fallen for that.`),
  },
  access: {
    negative: lines(`{who} this is shocking {co}. It's also against the law as far as I know.
      {who} a picture test with no other way in. In this day and age. {co}
      {who} I can see perfectly well and I still can't get through that form. Sort it {co}.`),
    neutral: lines(`{who} is there a phone option if you hold on past the menu?
      {who} which screen reader is it? I'll have a go with mine.`),
    positive: lines(`{who} happy to fill it in with you over the phone if that's any help at all.
      {who} thanks for explaining it so clearly, I'd never have thought of that.`),
  },
  press: {
    negative: lines(`{who} ask them about "safe and dry". I've got the email. {co}
      {who} ask them how many people were told they were the first. {co}
      {who} "had not commented". They've had all {daypart}. Cowards.
      {who} ask about the roof. It was leaking in spring, my cousin was on that dock.
      {who} they won't talk to you. They won't talk to us either. {co}`),
    neutral: lines(`{who} what time is this on?
      {who} is there a number people can ring if theirs is in there?
      {who} will you be at Marlstock in the morning?
      {who} have they said how many yet?`),
    positive: lines(`{who} thank you for covering this. Nobody else was asking.
      {who} good, fair report that. Glad you spoke to the drivers as well.`),
  },
  influencer: {
    negative: lines(`{who} did all three. Shop was wonderful. {co} told me to rate the chat.
      {who} got the voucher email ten minutes after reading this. It DOES say full and final. Sneaky {co}.
      {who} make that 42. Asked on {since}, first customer apparently.
      {who} what were they waiting for? Us to give up. {co}`),
    neutral: lines(`{who} does number 1 still hold if I bought from a private seller?
      {who} how long does the shop have to answer?
      {who} does the same go for parcels sent as gifts?
      {who} what if I've already clicked accept on the voucher?`),
    positive: lines(`{who} thank you! Wrote to the shop, replacement on its way already. You're a star.
      {who} so helpful, thanks. Sent it to my whole family.
      {who} fair of you to say so. Mine rang back too, nice chap, kept his word.`),
  },
  politician: {
    negative: lines(`{who} with respect Councillor, where was the inspection of that roof?
      {who} I live on Quarry Lane. There are labels in my pond. {co}
      {who} "minor and contained". They told the council the same fairy tale as us then.
      {who} meetings. We don't need meetings, we need a lorry and some tarps.`),
    neutral: lines(`{who} will the meeting be public?
      {who} who at the council signs off the building?
      {who} should we hand in the labels we've found, or bin them?`),
    positive: lines(`{who} thank you Winifred, first person in charge of anything to say a straight word about it.
      {who} good to see you standing up for the night shift. Well said.`),
  },
  rival: {
    negative: lines(`{who} vultures. But at least you're vultures who answer.
      {co} do you see this? KURRIVO are looking after your customers. Embarrassing.
      {who} nice try, you lost my mum's slippers in March.
      {co} your competitor got here first. On your own customer. Under her own complaint.`),
    neutral: lines(`{who} is that for sellers as well or just Dee?
      {who} do you cover {city}?
      {who} is this a real offer or a stunt?`),
    positive: lines(`{who} now THAT is how you talk to people. Lovely.
      {who} Bea at Kurrivo deserves a raise. Great stuff.
      {who} didn't expect to be moved by a courier today. Thank you Bea.`),
  },
  'staff-family': {
    negative: lines(`{who} nobody's blaming your brother. We're blaming the ones in the warm. {co}
      {who} sorry love but somebody put them outside and somebody can say sorry.
      {who} shouted at for a JACKET? What is wrong with people. And {co} silent as ever.
      {who} four days and they haven't even backed up their own staff. Says it all {co}`),
    neutral: lines(`{who} is he on again tonight?
      {who} do they get paid for the doubles?
      {who} what do they need down there? Gloves? Flasks?`),
    positive: lines(`{who} please tell him thank you from {city}. He didn't cause it and he's the one fixing it.
      {who} your brother sounds like a gem. I've said thanks to my driver today because of this.
      {who} dropping off bacon rolls at the gate at six. Tell Jordan the one with brown sauce is his.
      {who} well said. Proud of him too and I've never met him.`),
  },
  troll: {
    negative: lines(`{who} not funny. Real people are waiting on those.
      {who} pack it in.
      {who} give it a rest, you'd be crying if it was yours.`),
    neutral: lines(`{who} source?
      {who} do you have anything to back that up, or is it a feeling?
      {who} don't feed him, everyone.`),
    positive: lines(`{who} alright I laughed. Sorry. The boats one. Needed it today.`),
  },
  humour: {
    negative: lines(`{who} laughing so I don't cry. Mine's in row two. {co}
      {who} "outside still" is my actual status
      {who} you missed "delivered (river)". {co}
      {who} I'd find this funnier if {my} wasn't in it`),
    neutral: lines(`{who} is that the real advert or did you make it?
      {who} where's the original picture from?`),
    positive: lines(`{who} compost!! I've just laughed out loud on a bus, thank you
      {who} best account on here, made my {daypart}`),
  },
  insider: {
    negative: lines(`{who} nineteen years and they didn't listen to you either. {co} where's the list?
      {who} "there's a list". I bet there is. Publish it {co}.`),
    neutral: lines(`{who} who keeps the list, the site or head office?
      {who} would small packets have been in the cages or loose?
      {who} is Dock 3 where the overnight ones come in?`),
    positive: lines(`{who} what a decent post. Thank you for explaining it calmly.
      {who} I'd come and help you bag them. Name the night. Good man.`),
  },
  campaign: {
    negative: lines(`{who} done, and sent it to my MP.
      {who} posted. Three nights. Who decided? {co}`),
    neutral: lines(`{who} where does the number come from, has anyone counted?
      {who} who's behind this account, just curious?`),
    positive: none,
  },
  praise: {
    negative: lines(`{who} Len's lovely. Len's bosses have had {my} since {since}.
      {who} give Len a medal and the directors a bucket. {co}`),
    neutral: lines(`{who} is that the same Len who does the {city} run?
      {who} which depot is he out of? I'd like to send a card.`),
    positive: lines(`{who} LEN! Len is our driver too, he carries biscuits for the dog. Love him.
      {who} this is the best thing I've read all {daypart}. Thank you Len.
      {who} medal for Len. And cake. And socks.
      {who} more Lens please. Made me smile.
      {who} lovely. {co} look after that man.`),
  },
  review: { negative: none, neutral: none, positive: none },
};
