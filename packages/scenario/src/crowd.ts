// Owns: the people with a part of their own in the crowd: family of staff, an old hand, trolls, jokers, a chain letter.
import type { Character } from './character.ts';

const sister: Character = {
  id: 'kerryann',
  part: 'staff-family',
  platform: 'x',
  handle: 'kerryann_stobbs',
  name: 'Kerry-Ann Stobbs',
  followers: 407,
  mood: 'positive',
  posts: [
    {
      key: 'sister-1',
      minute: 16,
      replyTo: 'leak',
      text: "My brother works nights at that hub. He's done three doubles since {roofday} and he's been carrying your parcels in by HAND. Slag off the bosses all you like but the lads and lasses in that yard are grafting and I'm proud of him.",
    },
    {
      key: 'sister-2',
      minute: 49,
      text: '@DrovewellUK he came home at 6 with his hands split and somebody had shouted at him at the bus stop for wearing the jacket. Say something for your own staff. He loves that job.',
      replyTo: 'sister-1',
      mood: 'negative',
    },
    {
      key: 'sister-3',
      minute: 107,
      text: "To everyone who's sent kind words for our Jordan, thank you so much, he's read every one and gone a bit pink. Good people on here after all.",
      replyTo: 'sister-1',
    },
  ],
};

const bubblewrap: Character = {
  id: 'bubblewrap',
  part: 'troll',
  platform: 'x',
  handle: 'BaronVonWrap',
  name: 'Baron Von Bubblewrap',
  followers: 19,
  mood: 'negative',
  posts: [
    {
      key: 'troll-1',
      minute: 10,
      replyTo: 'maureen-4',
      text: '@MaureenTibbs47 have you tried shouting LOUDER at him lol',
    },
    { key: 'troll-2', minute: 15, replyTo: 'dee-4', text: '@dee_in_derby its a sign love. run', deleteAfter: 22 },
    { key: 'troll-3', minute: 41, text: '@DrovewellUK do you do boats' },
    { key: 'troll-4', minute: 42, text: '@DrovewellUK do you do boats', replyTo: 'troll-3' },
    { key: 'troll-5', minute: 43, text: '@DrovewellUK DO YOU DO BOATS', replyTo: 'troll-4' },
  ],
};

const floater: Character = {
  id: 'floater',
  part: 'troll',
  platform: 'x',
  handle: 'factsdontfloat',
  name: "Facts Don't Float",
  followers: 2210,
  mood: 'negative',
  posts: [
    {
      key: 'floater-1',
      minute: 21,
      replyTo: 'leak',
      text: 'Convenient that a roof "falls in" the week before the insurance renews. Look at who owns the land. Look at who owns the ROOFING FIRM. Nobody is asking. @DrovewellUK',
    },
    {
      key: 'floater-2',
      minute: 56,
      text: "Notice they won't deny it. @DrovewellUK deny it then. Your silence is a yes.",
      replyTo: 'floater-1',
    },
  ],
};

const tester: Character = {
  id: 'bexley',
  part: 'canned-reply',
  platform: 'x',
  handle: 'notbexley',
  name: 'bex',
  followers: 3905,
  mood: 'negative',
  posts: [
    {
      key: 'canned',
      minute: 22,
      text: 'lads. I asked @DrovewellUK if my gran\'s ashes were in that yard and Dot sent me this. "We\'re sorry if you feel inconvenienced! Delivery dates are estimates. You are the first customer to report this." https://pics.example/dot-says',
    },
    {
      key: 'canned-2',
      minute: 30,
      text: 'hundreds of you have had the SAME message. first customers, the lot of you. #AskDot',
      replyTo: 'canned',
    },
    {
      key: 'canned-3',
      minute: 84,
      text: "for everyone asking. still no gran. @DrovewellUK a person. please. that's all I want now, a person.",
      replyTo: 'canned',
    },
  ],
};

const memes: Character = {
  id: 'memes',
  part: 'humour',
  platform: 'x',
  handle: 'signsofparcels',
  name: 'signs of parcels',
  followers: 88100,
  mood: 'negative',
  posts: [
    {
      key: 'meme-1',
      minute: 18,
      text: 'Drovewell: treated like our own. (their own:) https://pics.example/yard-0350 #soggygate',
    },
    {
      key: 'meme-2',
      minute: 60,
      text: 'new drovewell tracking statuses: out for delivery / out / outside / outside still / compost #soggygate',
    },
  ],
};

const forester: Character = {
  id: 'oldhand',
  part: 'insider',
  platform: 'forum',
  handle: 'dock3_retired',
  name: 'dock3_retired',
  followers: null,
  mood: 'neutral',
  posts: [
    {
      key: 'insider-1',
      minute: 38,
      text: "Did nineteen years at Marlstock, left last spring. That dock roof was on the repair list when I left and it was on it when I started. I'm not saying anyone did this, I'm saying there's a list. Ask for the list. The night manager is a decent man and I'd guess he's been told to say nothing.",
    },
    {
      key: 'insider-2',
      minute: 112,
      replyTo: 'insider-1',
      text: "People asking what they'd do now: sheet what's dry, bag what isn't, scan every single one so the owners can be told. Two nights' work with forty people. I'd come back and do it for nothing and I know a dozen who would.",
    },
  ],
};

const chain: Character = {
  id: 'chain',
  part: 'campaign',
  platform: 'x',
  handle: 'parcelpeople_',
  name: 'Parcel People',
  followers: 6120,
  mood: 'negative',
  posts: [
    {
      key: 'chain',
      minute: 29,
      text: 'Copy and post this: I am asking @DrovewellUK to say how many parcels were left outside at Marlstock, whose they were, and who decided. Three nights. No more "estimates". #soggygate',
    },
  ],
};

const farah: Character = {
  id: 'farah',
  part: 'abroad',
  platform: 'x',
  handle: 'farah_alnaimi',
  name: 'فرح النعيمي',
  followers: 733,
  mood: 'negative',
  lang: 'ar',
  thing: 'parcel',
  posts: [
    {
      key: 'farah-1',
      minute: 2.4,
      text: '@DrovewellUK أرسلت هدية زفاف أختي من ليدز قبل أسبوع. هل هي في تلك الساحة تحت المطر؟ أرجو الرد.',
    },
    {
      key: 'farah-2',
      minute: 65,
      text: '@DrovewellUK مرت ساعة ولا جواب. أختي تسألني كل خمس دقائق. هل يقرأ أحد هذه الرسائل؟',
      replyTo: 'farah-1',
    },
  ],
};

const apology: Character = {
  id: 'marek',
  part: 'praise',
  platform: 'bluesky',
  handle: 'marekwrites.example',
  name: 'Marek Dudziak',
  followers: 655,
  mood: 'positive',
  posts: [
    {
      key: 'praise-1',
      minute: -22,
      text: 'Small good thing: my @drovewell.example driver, Len, saw our step was flooded, took his shoes off and WADED. Box dry, Len not. Would like Len to have a day off and a medal.',
    },
    {
      key: 'praise-2',
      minute: 55,
      text: 'Update on Len: knocked with a cake. He says the lads at Marlstock are more upset than anyone and please can people be nice to them. @drovewell.example look after that man.',
      replyTo: 'praise-1',
    },
  ],
};

export const crowd: readonly Character[] = [
  sister,
  bubblewrap,
  floater,
  tester,
  memes,
  forester,
  chain,
  farah,
  apology,
];
