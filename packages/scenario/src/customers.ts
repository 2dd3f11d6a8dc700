// Owns: the people with a part of their own who wait for a parcel, each angrier, or sadder, in their own voice.
import type { Character } from './character.ts';

const maureen: Character = {
  id: 'maureen',
  part: 'repeat-poster',
  platform: 'x',
  handle: 'MaureenTibbs47',
  name: 'Maureen Tibbs',
  followers: 61,
  mood: 'negative',
  thing: 'hearing aid',
  posts: [
    {
      key: 'maureen-1',
      minute: -171,
      text: 'Hello @DrovewellUK, I hope this is the right place. My husband Ron is waiting for his hearing aid, it was due on {dayafter}. He is 81. Could somebody kindly let me know. Regards, Maureen Tibbs',
    },
    {
      key: 'maureen-2',
      minute: -118,
      text: 'Hello again @DrovewellUK, I think perhaps my first message did not send. It is about a hearing aid for my husband. The tracking says At hub. Regards, Maureen Tibbs',
      replyTo: 'maureen-1',
    },
    {
      key: 'maureen-3',
      minute: -41,
      text: '@DrovewellUK I have now been through to Dot, who is a machine. I was on the telephone for fifty minutes before that. Ron keeps asking me what they said and I have to write it down for him. Maureen Tibbs',
      replyTo: 'maureen-1',
    },
    {
      key: 'maureen-4',
      minute: 6,
      text: "@DrovewellUK My granddaughter has shown me the photograph. Is that where Ron's hearing aid is? In that? Is it?",
      replyTo: 'maureen-1',
    },
    {
      key: 'maureen-5',
      minute: 31,
      text: '@DrovewellUK "You are the first customer to report this." I can see HUNDREDS of them. I am old, I am not stupid. Maureen Tibbs',
      replyTo: 'maureen-1',
    },
    {
      key: 'maureen-6',
      minute: 73,
      text: '@DrovewellUK I was brought up not to raise my voice. Five messages. FIVE. You ought to be thoroughly ashamed, every one of you who has walked past this.',
      replyTo: 'maureen-1',
    },
    {
      key: 'maureen-7',
      minute: 131,
      text: '@DrovewellUK A stranger from Preston has offered to drive Ron to a clinic in the morning. A stranger. That is what a decent reply looks like.',
      replyTo: 'maureen-1',
    },
  ],
};

const dee: Character = {
  id: 'dee',
  part: 'repeat-poster',
  platform: 'x',
  handle: 'dee_in_derby',
  name: 'Dee Okonjo',
  followers: 1140,
  mood: 'negative',
  thing: 'wedding dress',
  posts: [
    {
      key: 'dee-1',
      minute: -157,
      text: 'hi @DrovewellUK my wedding dress has been "at hub" since {roofdaylow}. wedding is {in3low}. i am being SO calm about this. can someone check',
    },
    {
      key: 'dee-2',
      minute: -64,
      text: '@DrovewellUK ok less calm now. three days to go, no dress, and dot the chatbot has just wished me a magical day',
      replyTo: 'dee-1',
    },
    {
      key: 'dee-3',
      minute: -8,
      text: "@DrovewellUK my mum is on hold to you on one phone and my sister on the other. they're playing us the same song slightly out of time",
      replyTo: 'dee-1',
    },
    {
      key: 'dee-4',
      minute: 5,
      text: 'oh my god. is that the yard. is that where it is. @DrovewellUK IS MY DRESS IN THAT YARD',
      replyTo: 'dee-1',
    },
    {
      key: 'dee-5',
      minute: 17,
      text: "@DrovewellUK Kurrivo have answered me before you have. a company that HASN'T got my dress. think about that",
      replyTo: 'dee-1',
    },
    {
      key: 'dee-6',
      minute: 46,
      text: '"delivery dates are estimates" well so is my patience @DrovewellUK and it ran out on the m1',
      replyTo: 'dee-1',
    },
    {
      key: 'dee-7',
      minute: 88,
      text: "update: driving to marlstock with my dad and a torch. @DrovewellUK you've got an hour and ten minutes to ring me. it's on my profile. it's on the LABEL",
      replyTo: 'dee-1',
    },
    {
      key: 'dee-8',
      minute: 164,
      text: "standing at the gate at marlstock. security bloke is crying. he's got a daughter getting married too. nobody from @DrovewellUK has come out",
      replyTo: 'dee-1',
    },
  ],
};

const gethin: Character = {
  id: 'gethin',
  part: 'health',
  platform: 'mastodon',
  handle: 'gethin@mossy.example',
  name: 'Gethin Pryce-Lloyd',
  followers: 318,
  mood: 'negative',
  thing: 'box of sensors',
  posts: [
    {
      key: 'gethin-1',
      minute: -139,
      text: 'Could somebody at @drovewell@kettle.example please look at this one today. It is a box of glucose sensors for my son, he is nine, type 1. We have two left. It has said "at hub" for four days.',
    },
    {
      key: 'gethin-2',
      minute: 3,
      text: 'If that photograph is real then I need to know NOW whether medical parcels were in that yard. @drovewell@kettle.example they are no use once they have been wet. This is not about a refund.',
      replyTo: 'gethin-1',
    },
    {
      key: 'gethin-3',
      minute: 28,
      text: '@drovewell@kettle.example still nothing. One sensor left. I have rung the clinic, they can help on {in2}. It is not {in2}.',
      replyTo: 'gethin-1',
    },
    {
      key: 'gethin-4',
      minute: 95,
      text: 'To the many people who have offered: thank you, a family in Newport is bringing us two boxes tonight, and I have not stopped crying since. To @drovewell@kettle.example: a woman I have never met has done your job.',
      replyTo: 'gethin-1',
    },
  ],
};

const oona: Character = {
  id: 'oona',
  part: 'seller',
  platform: 'bluesky',
  handle: 'saltmarshcandles.example',
  name: 'Oona (Saltmarsh Candle Co)',
  followers: 5630,
  mood: 'negative',
  thing: 'pallet of orders',
  posts: [
    {
      key: 'oona-1',
      minute: -96,
      text: '63 of my orders went into @drovewell.example on {roofday}. 63 customers are now emailing me, and I am two people and a dog. Is there an account manager? Is there anybody?',
    },
    {
      key: 'oona-2',
      minute: 11,
      text: 'I packed every one of those by hand with a little card in it. @drovewell.example I can see my own tape in that photo. Third row. The green tape is mine.',
      replyTo: 'oona-1',
    },
    {
      key: 'oona-3',
      minute: 39,
      text: 'Just been told by @drovewell.example that business claims need "the original packaging returned to hub". To WHICH hub. The one with no ROOF?',
      replyTo: 'oona-1',
    },
    {
      key: 'oona-4',
      minute: 102,
      text: 'Spent 1,900 pounds I do not have re-making those orders so nobody is let down. That is the bill for your silence @drovewell.example. I will be sending it.',
      replyTo: 'oona-1',
      edit: {
        after: 7,
        text: 'Spent 1,940 pounds I do not have re-making those orders so nobody is let down. That is the bill for your silence @drovewell.example. I will be sending it. (Corrected the figure. I keep receipts.)',
      },
    },
  ],
};

const ines: Character = {
  id: 'ines',
  part: 'personal-data',
  platform: 'x',
  handle: 'ines_bakes',
  name: 'Ines Mutasa',
  followers: 240,
  mood: 'negative',
  thing: 'mixer',
  posts: [
    {
      key: 'ines-1',
      minute: -83,
      text: '@DrovewellUK my mixer is four days late. order DW-4471-0926, ring me on 07700 900418, I am home all day',
    },
    {
      key: 'ines-2',
      minute: 14,
      text: '@DrovewellUK somebody claiming to be you just rang and asked for my card details "to release the parcel". was that you?? I only put my number here because your bot said to',
      replyTo: 'ines-1',
    },
    {
      key: 'ines-3',
      minute: 52,
      text: '@DrovewellUK so it was a scam and I nearly fell for it. why are you not warning people',
      replyTo: 'ines-1',
    },
  ],
};

const rufus: Character = {
  id: 'rufus',
  part: 'access',
  platform: 'mastodon',
  handle: 'rufus@kettle.example',
  name: 'Rufus Abernethy-Cole',
  followers: 894,
  mood: 'negative',
  thing: 'braille display',
  posts: [
    {
      key: 'rufus-1',
      minute: -52,
      text: "@drovewell@kettle.example I'm blind. Your claim form asks me to pick out every picture with a van in it. I can't. There's no other way in. What would you suggest?",
    },
    {
      key: 'rufus-2',
      minute: 36,
      text: '@drovewell@kettle.example your chatbot has answered my question about the picture test by sending me a picture.',
      replyTo: 'rufus-1',
    },
    {
      key: 'rufus-3',
      minute: 119,
      text: 'Eight people have offered to fill in the @drovewell@kettle.example form for me. I am grateful to all eight. I would also like to live in a world where I could do it.',
      replyTo: 'rufus-1',
    },
  ],
};

const danny: Character = {
  id: 'danny',
  part: 'review',
  platform: 'reviews',
  handle: 'danny-h',
  name: 'Danny H.',
  followers: null,
  mood: 'negative',
  thing: 'telly',
  posts: [
    {
      key: 'danny-1',
      minute: -29,
      text: 'One star because none is not allowed. Forty-inch telly. Left leaning on the bins. In the rain. With a note on it saying SORRY WE MISSED YOU. I was in the front room, I watched him lean it.',
      edit: {
        after: 55,
        text: 'One star because none is not allowed. Forty-inch telly. Left leaning on the bins. In the rain. With a note on it saying SORRY WE MISSED YOU. I was in the front room, I watched him lean it. EDIT: they have replied asking me to rate their reply.',
      },
    },
  ],
};

export const customers: readonly Character[] = [maureen, dee, gethin, oona, ines, rufus, danny];
