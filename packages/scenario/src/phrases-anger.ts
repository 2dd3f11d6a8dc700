// Owns: how a complaint opens and what it demands, by how many times the person has already had to ask.
import { lines } from './grammar.ts';

/** Index 0 is the first post of a person, 4 is someone who has stopped expecting an answer. */
export const openers: readonly (readonly string[])[] = [
  lines(`
    Hi {co}.
    {co} hello?
    {co}
    {co}
    Hello {co}, hoping you can help.
    Not one to moan online but here we go.
    Right, {co}.
    Can anyone at {Co} help me please?
    Bit of an odd one {co}.
    Hello all, {co} in particular.
    Dear {co}.
    OK {co}, what is going on?
    Long time customer, first time complaining.
    So this is my {Co} story.
    Anyone else having trouble with {Co}?
    Well.
    {city} here.
    Just so it's written down somewhere.
  `),
  lines(`
    {co} me again.
    Me again {co}, from {city}.
    Posted {ago} ago. No reply.
    Bumping this {co}.
    Still here, {co}.
    {co} did you see my last message?
    Any news {co}?
    Following up, since nobody has.
    Update: there is no update.
    Trying again in case you missed it {co}.
    {ago} since I asked. Nothing.
    OK so I've waited like you asked everyone to.
    Adding to my post from earlier:
    Quick question {co}, is anybody reading these?
  `),
  lines(`
    {nth} time of asking, {co}.
    {ago} and not one word from {co}.
    This is getting silly {co}.
    I was polite the first time.
    {co} you've replied to other people. Not me.
    {w}Still ignored. Still no {thing}.
    So that's how it is then {co}.
    I see you're online {co}. I can see you posting.
    Asked nicely at the start. Not any more.
    {w}{co} WHERE IS MY {thingloud}?
    Let's try this a different way {co}.
    For the {nth} time:
    You do know we can all see you not answering?
  `),
  lines(`
    That's {nn} posts, {co}. {nn}.
    Enough now {co}.
    I'm done being nice about this.
    Absolute joke {co}.
    Shame on you {co}.
    {ago}. {nn} posts. Zero replies.
    Furious doesn't cover it.
    {co} this is a disgrace and you know it.
    Right, gloves off.
    I have had it up to here with {Co}.
    You lot should be embarrassed.
    Unbelievable. Actually unbelievable {co}.
    I'm shaking writing this.
    What does it TAKE {co}
  `),
  lines(`
    Post number {nn}. Hello again wall.
    {nn} posts in. I name this thread the Drovewell memorial bench.
    Nobody there? Fine, I'll talk to myself. {co}
    Good {daypart} to everyone except {co}.
    Entry {nn} in the diary of a {thing}.
    I'll keep going {co}, I've got all {daypart}.
    At this point it's a hobby.
    Today's question for {co}, since they didn't answer the last {nn}:
    {w}Still here. Still posting. Still no {thing}.
    Number {nn}, and I'll do number {nnplus} as well.
    My other half has asked me to stop. No.
    If you're new here: I've been asking since {since}.
    {w}Reporting live from my own hallway.
    {daypart} shift reporting for duty {co}.
    It's me, your biggest fan.
  `),
];

export const demands: readonly (readonly string[])[] = [
  lines(`
    Can someone look into it please?
    {w}Any idea where it is?
    {w}Could you let me know either way?
    {w}Is it coming or not?
    What do I do now?
    Please can a person get back to me.
    A straight answer would do.
    I'd just like to know where I stand.
    Who do I speak to?
    Thanks in advance.
    {w}Do I order another one or wait?
    {w}Can you check if it was one of the ones in the yard?
    Happy to send the tracking number.
    {r}Who pays for this?
    {r}Where do I send the photos?
    {r}What am I meant to do with it now?
    {r}Will you replace it?
    {r}How was this ever put on a van?
    Let me know what you need from me.
    Would really appreciate some help.
  `),
  lines(`
    Please answer.
    I need to know today.
    How long does it take to type one line?
    Could somebody with a name get back to me?
    When?
    I don't want a link, I want a person.
    It isn't a difficult question.
    Is there a human I can ring?
    Don't tell me to DM you, I already did.
    {w}Just tell me if it's ruined.
    Simple yes or no.
    I've been patient, I think that's fair to say.
    What is actually happening at Marlstock?
  `),
  lines(`
    I want a manager.
    Somebody pick up the phone.
    This isn't good enough.
    You are making this so much worse by saying nothing.
    What am I paying you for?
    Sort it out.
    I'd like that refund now, and an explanation.
    Why is nobody answering?
    How hard can it be?
    I'm screenshotting everything from here on.
    Answer the people you've let down.
    No wonder everyone's angry.
    I expect better, and I'd like to be told why I'm not getting it.
  `),
  lines(`
    I want my money back. All of it.
    I'm taking this to the ombudsman in the morning.
    Small claims form is filled in. I only need to press the button.
    Reported to trading standards.
    I've emailed your chief executive. Yes I found the address.
    You've broken it, you've lied about it and now you're hiding.
    Don't you dare send me a voucher.
    Somebody needs to resign over this.
    My bank is doing a chargeback. Enjoy.
    I hope every one of those labels is somebody's lawyer.
    Disgraceful.
    Utterly shameful way to treat people.
    How do you sleep?
    See you on the consumer pages.
    Pay people back and say sorry like adults.
  `),
  lines(`
    Anyway. Same time tomorrow.
    I'll wait.
    Do carry on ignoring me, it's going brilliantly.
    No rush. Obviously.
    Love to Dot.
    Ask me again how I feel about "safe and dry".
    I've started a spreadsheet.
    My local paper rang. I had plenty to say.
    Reply to one of us. Any one of us. Pick at random.
    I have more followers than when I started, so thanks for that.
    We have a group now, those of us in the yard. We're meeting in a pub.
    Still cheaper than your customer service budget.
    Does anybody work there?
    {w}The {thing} would have been company by now.
  `),
];

/** Rare and measured: leaving for good, with or without naming where to (SC-9). */
export const leavings = lines(`
  Never again.
  Never using {Co} again, and I run a shop.
  Cancelled my Drovewell Plus. That's me done.
  Moving all our orders to somebody who owns a roof.
  Last time I pick {Co} at checkout.
  I'm switching courier and I'm taking the whole office with me.
  Last parcel you'll ever carry for me.
`);

export const rivalTalk = lines(`
  Kurrivo got the other half of the same order here in a day.
  Going back to Kurrivo, at least they own an umbrella.
  My sister uses Kurrivo and hers came dry. Just saying.
  Is Kurrivo any better? Asking for about two million people.
  Kurrivo aren't perfect but they pick up the phone.
  Had the same nonsense with Kurrivo last year to be fair.
  Signed up with Kurrivo while on hold to {Co}. Took four minutes.
  Kurrivo must think it's their birthday.
`);
