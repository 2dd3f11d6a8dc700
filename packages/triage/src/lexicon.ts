// The words that make a post urgent, grave, angry or kind, with the points each adds. English; from general knowledge of complaints.
import { PhraseList } from './words.ts';

/** What a word is a sign of. */
export type Sign =
  | 'harm'
  | 'failure'
  | 'anger'
  | 'urgency'
  | 'again'
  | 'press'
  | 'praise'
  | 'solved'
  | 'polite'
  | 'mock'
  | 'request';

/** `each` points for the first word, half for each further one, up to `most`. `says` begins the reason shown to staff. */
export const SIGNS: Record<Sign, { most: number; says: string }> = {
  harm: { most: 75, says: 'Somebody is or could be harmed, or an authority is involved' },
  failure: { most: 45, says: 'Something went wrong' },
  anger: { most: 24, says: 'Angry' },
  urgency: { most: 22, says: 'It cannot wait' },
  again: { most: 14, says: 'Not for the first time' },
  press: { most: 18, says: 'Goes public with it' },
  praise: { most: 20, says: 'Kind words' },
  solved: { most: 20, says: 'It seems to be solved' },
  polite: { most: 4, says: 'Asks politely' },
  mock: { most: 14, says: 'Mocking' },
  request: { most: 6, says: 'Asks for something' },
};

type Entry = { sign: Sign; points: number };

/** Points and phrases of a sign, one line per weight. A last `*` takes every ending. */
const LISTS: readonly (readonly [Sign, number, string])[] = [
  [
    'harm',
    60,
    'died, death, dead, killed, life threatening, caught fire, on fire, exploded, explosion, overdose, suicid*, carbon monoxide',
  ],
  [
    'harm',
    48,
    'injur*, hospital, ambulance, emergency room, a and e, burnt my, burned my, burns on, electrocuted, electric shock, choked, choking, poison*, food poisoning, allergic, anaphyla*, unsafe, safety risk, health risk, dangerous, bleeding, assault*, attacked, threatened me, threatening me, sexual*, harass*, racist, racism, discriminat*, bitten, knocked over, nearly hit, hit my car, ran over, gas leak, smoke coming, in pain, not breathing, medicine*, medication*, insulin, inhaler, epipen, oxygen, dialysis, glucose, diabet*, type 1, prescription*, heart condition',
  ],
  [
    'harm',
    40,
    'data breach, data leak*, leaked, hacked, gdpr, identity theft, my address online, privacy breach, personal data, card details, stolen card, fraud*, phishing, data protection',
  ],
  [
    'harm',
    34,
    'lawyer*, solicitor*, attorney, suing, sue you, will sue, lawsuit, legal action, small claims, court, tribunal, police, ombudsman, regulator, chargeback, trading standards, consumer protection, watchdog, prosecut*, illegal, theft, stolen, stole, thief, thieves, forged my signature, forged signature',
  ],

  [
    'failure',
    22,
    'never arrived, never came, never turned up, never received, never got, not received, not arrived, not delivered, not been delivered, hasnt arrived, hasnt come, hasnt been delivered, havent received, didnt arrive, didnt turn up, didnt come, havent got, havent had, no sign of, gone missing, went missing, no show, lost my, lost our, you lost, they lost, been lost, losing my, lost, damaged, smashed, crushed, broken, ruined, soaking wet, left in the rain, left outside, wrong address, wrong house, wrong item, wrong order, wrong parcel, wrong person, charged twice, double charged, charged me, overcharg*, still charging, took money, taken money, taken twice, kept my money, refus* to, refused',
  ],
  [
    'failure',
    18,
    'cancelled, canceled, cancelling, canceling, cancellation, cancel my, delay, delays, delayed, late, overdue, on hold, hung up, cut me off, cut off, no answer, no reply, no response, not answering, not replying, not responding, wont answer, dont answer, doesnt answer, nobody answers, no one answers, cant get through, cannot get through, cant reach, ignored, ignoring, no one knows, nobody knows, no help, wont help, didnt help, no update, no updates, no word from, not one word, no phone number, no way to reach, straight answer, missed slot*, days late, hours late, weeks late, closed itself, ended the chat, hour on the phone, hours on the phone, minutes on the phone, wont reply, never reply, never answer, nobody is home, say sorry, word for word, no tracking, tracking hasnt, tracking says, says delivered, marked as delivered, stuck at, stuck in, stuck on, stranded, missed delivery, missed connection, no explanation, no apology, overbook*, out of stock, wont refund, no refund',
  ],
  [
    'failure',
    15,
    'refund*, money back, compensat*, missing, faulty, defect*, fault, doesnt work, does not work, didnt work, not working, isnt working, wont work, stopped working, wont load, wont let me, cant log in, cannot log in, locked out, crash*, outage, is down, went down, error, failed, fails, failing, fail, problem*, issue, issues, complaint*, complain*, returned to sender, sent back to, bounced, hidden fee*, hidden charge*, misleading, false advertis*, lied, lying, rude, unhelpful, incorrect, mistake*, mess, messed up, screwed up, still waiting, been waiting, waited, waiting for, waiting since, waiting on, kept waiting, where is my, where are my, wheres my, where the hell, delivered to the wrong, threw it, thrown over, dumped, torn, open box, half empty, empty box, leaking, mould, mold, rotten, expired, dirty, cold food, short staffed, understaffed, gave up, given up, unable to, not possible to, no way to, lost luggage, lost bag*, lost baggage, bag is lost',
  ],
  [
    'failure',
    9,
    'was due, were due, due on, due yesterday, supposed to arrive, supposed to be here, soaked, soggy, wet, damp, waiting, queue*, robot, chatbot, automated message, automated reply, copy and paste, copy paste, passed around, sent round, call centre, call center, took hours, hours on, no idea, poor, bad service, bad, slow, disappoint*, let down, not happy, unhappy, not good enough, expensive, price increase, excuse, excuses, broken promise*, you promised, promised',
  ],

  [
    'anger',
    14,
    'worst, disgusting, disgusted, disgrace*, appalling, unacceptable, outrageous, shocking, despicable, shameful, shame on, furious, livid, fuming, hate you, i hate, fucking, fuck, fucked, bullshit, scam, scammers, scammer, con artists, crooks, liars, criminals, boycott*, never again, never using, never use, never order*, never buy*, never fly*, last time i, done with, taking my business, switching to, leaving you',
  ],
  [
    'anger',
    10,
    'terrible, awful, horrible, horrendous, dreadful, atrocious, pathetic, ridiculous, joke, laughable, useless, incompeten*, clueless, clowns, shambles, garbage, rubbish, trash, crap, shit, shite, sucks, wtf, angry, fed up, sick of, sick and tired, had enough, enough is enough, how dare, insult*, insulting, hopeless, a farce, fiasco, nightmare, ashamed, good grief, easy to say, read the room, do the decent thing, heads should roll, how hard is it, how hard can it be, hold your breath, fob*, had nothing since, avoid them, avoid this, stay away, do not use, dont use, dont buy, unbelievable, unreal, inexcusable, infuriat*, frustrat*, annoy*, idiots, stupid, moron*',
  ],

  [
    'urgency',
    12,
    'urgent*, emergency, asap, immediately, right now, stranded, funeral, surgery, operation tomorrow, wedding, court date, my baby, newborn, nappies, disabled, wheelchair, elderly, hearing aid*, car seat, pregnant, no heating, no water, no power, out in the cold, sleeping on the floor',
  ],
  [
    'urgency',
    7,
    'today, tonight, tomorrow, this morning, this afternoon, this evening, in an hour, in two hours, deadline, birthday, flight leaves, boarding, interview, exam, moving out, last day, running out, before christmas, before the weekend',
  ],

  [
    'again',
    7,
    'third time, fourth time, fifth time, second time, 2nd time, 3rd time, 4th time, every time, every single time, every day, yet again, once again, time and again, over and over, week after week, day after day, for days, for weeks, for months, days now, weeks now, months now, still nothing, as usual, not the first, same story, keeps happening, keep happening, repeatedly, i have written, ive written, already told you, already wrote, already called, called three times, how many times, how many more',
  ],
  ['again', 4, 'again, still, weeks, months, another'],

  [
    'press',
    12,
    'journalist*, reporter*, newspaper*, the press, the media, the news, news desk, on tv, newsroom, going viral, gone viral, go viral, petition, open letter, class action, consumer programme, write to the, my mp, councillor, senator',
  ],
  [
    'press',
    6,
    'please share, please retweet, please rt, spread the word, everyone should know, people should know, warn everyone, be warned, beware, tell everyone, public should, anyone else, is it just me, me too, same here, happened to me',
  ],

  [
    'praise',
    10,
    'thank you, thanks, thankyou, thx, shout out, shoutout, well done, good job, great job, nice work, good work, kudos, brilliant, excellent, amazing, awesome, fantastic, wonderful, superb, outstanding, impressed, impressive, grateful, appreciate*, love this, love you, loved, i love, we love, legend, legends, hero, heroes, lifesaver, lovely, delightful, five stars, 5 stars, highly recommend, would recommend, best service, best customer, best ever, the best, made my day, above and beyond, so helpful, very helpful, really helpful, so kind, very kind, great service, good service, great experience, happy customer, very happy, so happy, hats off, bravo, spot on, faultless, cant fault, delighted, pay rise, credit where, proper service, made my week, no complaints, good as new, keep it up, happy ending, not all bad, faith in people restored, not a mark on',
  ],
  [
    'praise',
    5,
    'great, good, nice, kind, friendly, no fuss, no harm done, not bad, thank goodness, fingers crossed, helpful, polite, happy, glad, love, perfect, quick, prompt, smooth, cheers, pleased, pleasant, credit to',
  ],

  [
    'solved',
    6,
    'sorted, resolved, solved, fixed, all good now, has arrived, finally arrived, it arrived, just arrived, arrived today, arrived early, came early, ahead of schedule, on time, early, turned up in the end, got it back, found it, been found, got my refund, refund came, refunded me, quick refund, within minutes, within the hour, same day',
  ],

  [
    'polite',
    2,
    'kind regards, best regards, warm regards, thanks in advance, many thanks in advance, yours sincerely, please, kindly, could you, would you mind, hi there, hello, good morning, no rush, when you can, if possible',
  ],

  [
    'mock',
    12,
    'thanks for nothing, thanks for losing, thanks for ruining, thanks for cancel*, thanks for delaying, thanks for the delay, thanks for ignoring, thanks for leaving, thanks for wasting, thanks for breaking, thanks for smashing, thanks for charging, thanks a lot, thanks a bunch, great job losing, great job on losing, great service as always, great service as usual, well done on losing, well done for losing, nice one, oh great, oh good, oh joy, oh brilliant, oh lovely, just great, just brilliant, just what i needed, slow clap, bravo for, how lovely, how kind of you, love how you, love how they, love it when, love waiting, love being, what a surprise, surprise surprise, who would have thought, good luck with that, congratulations on, congrats on, round of applause, yeah right, sure you do, so much for, if only, apparently, must be nice',
  ],

  [
    'request',
    6,
    'can you, could you, would you, can someone, could someone, would someone, can somebody, could somebody, would somebody, can anyone, could anyone, what do i do, what can i do, what now, any news, any update*, any chance, any idea when, talk me through, can i, could i, can we, how do i, how can i, how do we, how long, when will, when is, when are, where is, where are, where do i, what is going on, whats going on, what happened, why is, why are, why does, why do, why did, do you, does anyone, is there, are there, is it true, are you going, will you, i need, we need, i want, we want, i demand, please help, help me, need help, please call, please contact, please reply, please answer, please respond, please explain, please check, get back to me, call me back, let me know, tell me, follow up, dm me, sort it out, sort this, fix this, fix it, explain',
  ],
];

export const LEXICON: PhraseList<Entry> = new PhraseList(
  // A phrase in two lists means the later one: mocking thanks are not thanks.
  new Map(
    LISTS.flatMap(([sign, points, phrases]) => phrases.split(',').map((p) => [p.trim(), { sign, points }] as const)),
  ),
);

/** A kind word right after one of these is not kind. */
export const NEGATIONS = new Set(
  'not no never isnt arent wasnt werent dont doesnt didnt cant wont hardly without aint neither nor'.split(' '),
);
/** Those that reach past one word between: "not very helpful", but "no charge. So kind". */
export const FAR_NEGATIONS = new Set('not never isnt arent wasnt werent hardly aint'.split(' '));

/** Signs that are not words. */
export const MARKS: readonly (readonly [RegExp, Sign, number])[] = [
  [/[😡😠🤬👿💢]/u, 'anger', 8],
  [/[🙄😒🤡🤦]/u, 'mock', 6],
  [/(?:^|\s)\/s\b/u, 'mock', 8],
  [/[❤😍🥰💙💚💛🧡💜👍🎉]/u, 'praise', 5],
];
