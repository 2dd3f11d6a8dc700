// Owns: what went wrong, in people's own words, by grievance. Each line stands as a sentence of its own.
import { lines } from './grammar.ts';

export type Grievance = 'late' | 'unclear' | 'wet' | 'refund' | 'app' | 'service' | 'staff' | 'photo';

export const grievances: Record<Grievance, readonly string[]> = {
  late: lines(`
    [Day|That's day] {daynumber} of waiting for {my}.
    {my} was due on {since}. It is now {today}.
    I paid extra for next day delivery on {since}. Still nothing [in|here in] {city}.
    Still no sign of {my} and I've [now|] stayed in {days} running.
    Paid for Next Day. Got Next Week. {co}
    {my} has been "on its way" for {days}.
    Took a day off work for a delivery that never left Marlstock.
    Two missed slots, no card, no van, no {thing}.
    "Arriving today by 6pm" for the {nth} day in a row.
    I've lived in {city} all my life and I could have walked to Marlstock and back by now.
    Ordered on {since}, cheap at the time, turns out I was paying for the suspense.
    Neighbour's parcel came, same shop, same day, different courier. Mine is with {Co}.
    Nobody has moved {my} since {since}. Not an inch.
    {my} was last seen on {since}.
    Waited in from seven till nine, both ends. No van.
    {days} late and counting.
    The shop says it left them on {since}. {Co} says nothing at all.
    I've had three "final" delivery dates for {my}.
    My {hours} slot has come and gone for the {nth} time.
    {my}: dispatched, scanned, then swallowed by Marlstock.
  `),
  unclear: lines(`
    Tracking has said "At hub" since {since} and not one person can tell me [which bit of the hub|what that means].
    The tracking page says delivered. I'm stood on the doorstep. It is not.
    Tracking went from "out for delivery" back to "we're expecting it". How do you un-have a parcel?
    Status: "Experiencing a delay." So am I.
    Got an email saying my parcel is "safe and dry". I never asked if it was dry. Why would you say dry.
    Which is it? App says Marlstock, email says {city}, text says delivered.
    Your service update page says "all hubs operating normally".
    Nobody will say yes or no: was {my} in that yard?
    Last scan {since}, 03:12, "Dock 3". Then silence.
    I can cope with bad news. I can't cope with no news.
    Told by email it was lost, told by text it's on a van. Both arrived in the same minute.
    "Delayed due to operational reasons." Which reasons? The roof?
    There is a little cartoon van on your tracking page and it has been waving at me since {since}.
    I've been given {nn} different dates by {nn} different people.
    Just tell people the truth about Marlstock and let us plan around it.
    Not one word from {Co} on which postcodes are affected.
    Your map says the van is nine stops away. It has been nine stops away since lunch.
    The notice on your site about Marlstock is four lines long and says nothing in all of them.
    My tracking updates stop dead the night the roof came down. Funny that.
    If it's ruined, say it's ruined, so I can order another one.
  `),
  wet: lines(`
    {my} arrived [today|at last]. I poured the water out before I could open the box.
    Box came apart in my hands. {my} is soaked through.
    Finally got {my} and it smells like a canal.
    The label had run so badly I'm amazed it found {city}.
    It was left in a bin bag. Inside the bin bag: a wet box. Inside the wet box: {my}.
    The cardboard has mould on it. Actual mould.
    Driver handed me my parcel with a towel. He'd brought his own towel.
    You've delivered {my} and about a pint of Marlstock.
    There's a tide mark on the box. A TIDE MARK.
    Everything inside is wet and someone has stuck a "handle with care" sticker on afterwards.
    {my} turned up squelching.
    Opened it in the bath. Glad I did.
    The instruction leaflet is papier mache and there's rust on the staples already.
    Whoever packed it did a lovely job, four layers of bubble wrap, every layer full of water.
    It's been re-taped. Somebody at your end knew it was wrecked and taped it up and sent it anyway.
    Sent you photos of the box. You can see the waterline from across the room.
    {my} is ruined. Not scuffed, not damp. Ruined.
    Delivered "in a safe place". The safe place was a puddle, which at least is consistent.
  `),
  refund: lines(`
    Claim form wants a photo of the damage. To a parcel I HAVEN'T GOT.
    You refunded the postage. The postage was {small}. {my} was not {small}.
    Claim rejected because the packaging was "not weatherproof". It's a parcel. You're a parcel company.
    Shop says claim from {Co}. {Co} says claim from the shop. Round and round we go.
    Refund "processed" on {since}. My bank has never heard of it.
    Charged me TWICE for the redelivery you never made.
    My claim has been closed as "resolved". By whom? With what?
    Been told {amount} is over your limit for a "weather event". The weather was outside. The parcel should have been inside.
    You've taken this month's Drovewell Plus fee on the same day you lost {my}. Bold.
    Offered me a 3 quid voucher for my next delivery. My NEXT one.
    Claims team replied asking for the parcel's "country of origin". It came from {city2}.
    The refund went to the sender, who is a marketplace seller, who has vanished.
    28 days to look at a claim. It took one night to leave it outside.
    I have a receipt, a tracking number and a wet box, and you'd like "further evidence".
    Got an email: refund approved, 0.00. Thanks I suppose.
    They want me to post the damaged {thing} back. With them. At my cost.
    Paid for cover up to {amount}. Now I'm told cover doesn't cover "standing water".
  `),
  app: lines(`
    The app just logs me out. Every. Single. Time.
    MyDrove is down again, right when everyone in the country is trying to look up their parcel.
    App says "Oops! Something went wrong." Yes. It did. In a yard.
    Can't log in, can't reset the password, can't rearrange. The app is a loading wheel with a logo.
    Locker code doesn't work, app won't give me a new one, and my parcel is behind a little orange door mocking me.
    The app showed me somebody else's address and parcel for about a minute. That's not good is it.
    Your app asks me to rate my delivery. There has been no delivery.
    Error 503 on the tracking page since [lunch|first thing|I got up].
    Rescheduled in the app for {soon}, app says confirmed, email says cancelled.
    Updated MyDrove like it told me to. Now it won't open.
    The DroveBox screen in {city} is just a blue screen with a sad face on it.
    App wants location, contacts and camera. I want a {thing}.
    Verification code arrives eleven minutes after it expires.
    Every page on your website sends me to the app and the app sends me to the website.
  `),
  service: lines(`
    {hold} on hold and then it hung up on me.
    Phone line: "you are number 214 in the queue". I did not know it went that high.
    There's no phone number, no email, just Dot the chatbot asking if I'd like to track a parcel.
    I've asked Dot for a human {nn} times. Dot has sent me a link to tips for wrapping.
    Was promised a call back by {Co} [within the hour|before five|"shortly"]. That was on {since}.
    DMed you like you asked. Seen. No answer.
    Live chat closed itself while I was typing.
    The woman on the phone was lovely but she could see exactly what I can see, which is nothing.
    Third person today, third time I've read out the tracking number.
    Got through, got transferred, got the same recorded message, got cut off.
    You reply to everybody's posts with "please DM us" and then nobody's home in the DMs.
    Spent {hold} with your helpline to be told to look at the website.
    "Your call is important to us" on a loop for {hold}. Is it though.
    Emailed the complaints address on your own website and it bounced.
    Complaint number given, complaint number "not recognised".
    Supervisor was "in a meeting". For two days.
    Nobody at {Co} answers anything. I've tried phone, chat, email and this.
    Being told to "allow 5 working days" by someone who won't give a surname.
    I know it's not the call centre's fault, but they've been given nothing to tell us.
    The hold music has a jingle about trust in it.
    Your replies on here are all signed with different names and say the same sentence.
    Chat agent told me to have a "wonderful rest of my day" and ended the chat. Mid question.
  `),
  staff: lines(`
    Driver photographed {my} on my step, then took it away again. I've got him on the doorbell.
    Van stopped, driver looked at the house, drove off. "Customer not in."
    Your driver threw it over the side gate. Over. The. Gate.
    The man at the Marlstock desk told my husband to "join the queue of moaners".
    Carded for being out while I was waving at him from the window.
    It was left with "neighbour at 41". This street stops at 36.
    Someone has signed for {my}. The signature is a smiley face.
    Went to the depot myself, was told through a shutter that nobody is allowed to talk to us.
    Driver said, and I quote, "you want to see the state of the rest of them".
    The lad on the van looked about ready to cry, what are you doing to these people.
  `),
  photo: lines(`
    That photo from Marlstock. Row after row of parcels, no sheets, in the pouring rain.
    I've zoomed in on that yard picture and I'm fairly sure I can see [a car seat|a cot box|a violin case|a wheelchair].
    So THAT is what "at hub" means.
    People's belongings, in the mud, under floodlights, for three nights.
    Not a tarp in sight. They've got tarps, they sell them tape, they couldn't find a tarp.
    A roof can fall in. Leaving it all out there three nights later is a decision.
    Somebody walked past that yard every shift and thought, fine.
    The picture of the yard is bad. The update page still saying "operating normally" is worse.
    Looked at the yard photo and thought it was a flood. It's just where they put them.
    There's a pushchair in the front row of that photo and I can't stop looking at it.
    My whole feed is that yard.
    Imagine paying for a premium service and seeing it in a puddle on the news.
    You can read the labels in that picture. Names. Addresses. Lovely.
    Three nights, {Co}. Not three hours.
    They moved the forklifts indoors. Look at the picture. The forklifts are indoors.
  `),
};

/** What else the same person has noticed: colour that fits any grievance. */
export const details = lines(`
  {stakefull}
  {stakefull}
  {stakefull}
  Tracking ends {ref}, if anyone there reads these.
  It's {amount} of someone else's money, by the way.
  The sender swears it left them dry.
  I've kept the box.
  I've got photos of everything.
  My [neighbour|mother in law|whole street] is waiting on something from you too.
  I work nights, so I have stayed up for this twice.
  This is for a customer of mine and I look like the liar.
  I only know Marlstock exists because of you.
 {w}I'm [seventy-three|on crutches|a carer], I can't just pop to a depot thirty miles away.
  It's not even the {thing}, it's being ignored.
  I wasn't going to say anything on here.
  I've used you for years and never once complained.
  The weather forecast gave two days' notice.
  It has rained every night since {roofday}.
  Dad says hello and that he's told me so.
  {w}The kids have stopped asking, which is worse.
  No text, no card, no email, nothing.
  I did everything your website told me to do.
  {w}It was supposed to be a surprise. It still is.
`);
