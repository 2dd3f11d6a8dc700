// Owns: the people with a part of their own who make it big: the leak, the press, politics, a loud voice, the rival.
import type { Character } from './character.ts';

const nightShift: Character = {
  id: 'nightshift',
  part: 'leak',
  platform: 'x',
  handle: 'yardlight_',
  name: 'yardlight',
  followers: 212,
  mood: 'negative',
  posts: [
    {
      key: 'leak',
      minute: 0,
      text: "wasn't going to post this. marlstock, ten to four this morning. that's not a flood that's where they told us to put them on {roofdaylow}. three nights now. https://pics.example/yard-0350",
    },
    {
      key: 'leak-2',
      minute: 4,
      text: 'before anyone starts, the lads asked for sheets on night one. got told the roofers were coming. no roofers, no sheets',
      replyTo: 'leak',
    },
    {
      key: 'leak-3',
      minute: 19,
      text: "phone's gone mental. not giving my name. not talking to papers. just wanted people to know where their stuff is",
      replyTo: 'leak',
    },
    {
      key: 'leak-4',
      minute: 33,
      text: 'been asked to take it down. draw your own conclusions',
      replyTo: 'leak',
      deleteAfter: 16,
    },
  ],
};

const hollis: Character = {
  id: 'hollis',
  part: 'influencer',
  platform: 'bluesky',
  handle: 'hollisvarga.example',
  name: 'Hollis Varga',
  followers: 48300,
  mood: 'negative',
  posts: [
    {
      key: 'hollis-1',
      minute: 7,
      text: "I've covered parcel firms for eleven years and I've never seen that many people's things put out in the rain on purpose. If yours went through Marlstock this week, do three things. Thread.",
    },
    {
      key: 'hollis-2',
      minute: 8,
      mood: 'neutral',
      replyTo: 'hollis-1',
      text: '1. Write to the SHOP, not the courier. Your contract is with the shop. 2. Photograph everything, box first. 3. Do not accept a voucher as settlement, it can end your claim.',
    },
    {
      key: 'hollis-3',
      minute: 26,
      replyTo: 'hollis-1',
      text: `So @drovewell.example has started answering. Every reply I can find says "delivery dates are estimates" and "you are the first customer to report this". I have 41 people who are the first.`,
    },
    {
      key: 'hollis-4',
      minute: 76,
      replyTo: 'hollis-1',
      text: 'Nobody expects a company to stop a roof falling in. People expect to be told. @drovewell.example has had three days and a communications department. What was everybody waiting for?',
    },
    {
      key: 'hollis-5',
      minute: 150,
      replyTo: 'hollis-1',
      mood: 'neutral',
      text: "For fairness: I'm now hearing from people who have had a named person from @drovewell.example on the phone. If that's you, tell me what was promised and by when, I'll keep a list of promises.",
    },
  ],
};

const reporter: Character = {
  id: 'reporter',
  part: 'press',
  platform: 'x',
  handle: 'SPenhallow6C',
  name: 'Saoirse Penhallow | Six Counties News',
  followers: 9870,
  mood: 'neutral',
  posts: [
    {
      key: 'press-1',
      minute: 9,
      text: "Hi @yardlight_, I'm a reporter with Six Counties News. Did you take this picture yourself, and can you follow me so I can message you? No names without your say-so.",
      replyTo: 'leak',
    },
    {
      key: 'press-2',
      minute: 13,
      text: "@DrovewellUK Saoirse Penhallow, Six Counties News. We're running the Marlstock yard picture at the top of the hour. How many parcels were outside, for how long, and were any of them medical? I'd like to include your answer. My details are in my bio.",
    },
    {
      key: 'press-3',
      minute: 44,
      text: '@DrovewellUK asking again on the record: is "delivery dates are estimates" the company\'s statement on Marlstock? We go live in 15 minutes.',
      replyTo: 'press-2',
    },
    {
      key: 'press-4',
      minute: 62,
      text: 'NEW: Drovewell parcels left in open yard for three nights after roof failure, workers say sheets were asked for. The company had not commented when we published. https://sixcounties.example/news/marlstock-yard',
    },
    {
      key: 'press-5',
      minute: 170,
      text: "Still waiting on @DrovewellUK. I've a slot at breakfast and I'd rather have a person than an empty chair.",
      replyTo: 'press-4',
    },
  ],
};

const councillor: Character = {
  id: 'councillor',
  part: 'politician',
  platform: 'x',
  handle: 'CllrWAdjei',
  name: 'Cllr Winifred Adjei',
  followers: 3420,
  mood: 'negative',
  posts: [
    {
      key: 'cllr-1',
      minute: 24,
      text: 'The Marlstock hub is in my ward. I was told on {roofday} that the damage was "minor and contained". It seems I was told wrong. I have asked @DrovewellUK for a meeting tomorrow morning, with the person who decided. #marlstock',
    },
    {
      key: 'cllr-2',
      minute: 58,
      text: "Residents on Quarry Lane tell me labels have been blowing down the road. Names and addresses of people from all over the country, on my constituents' hedges. @DrovewellUK who is collecting these?",
      replyTo: 'cllr-1',
    },
    {
      key: 'cllr-3',
      minute: 126,
      text: 'I want to say thank you to the night shift at Marlstock, who raised this first and have been sorting by hand since. My quarrel is not with them. @DrovewellUK my invitation stands.',
      replyTo: 'cllr-1',
      mood: 'positive',
    },
  ],
};

const kurrivo: Character = {
  id: 'kurrivo',
  part: 'rival',
  platform: 'x',
  handle: 'Kurrivo',
  name: 'Kurrivo',
  followers: 41200,
  mood: 'positive',
  posts: [
    {
      key: 'rival-1',
      minute: 12,
      replyTo: 'dee-4',
      text: "@dee_in_derby oh Dee, that's no way to spend a wedding week. Not our parcel, but if the shop can send a second dress we'll carry it tonight, no charge. Message us. Bea at Kurrivo",
    },
    {
      key: 'rival-2',
      minute: 35,
      replyTo: 'maureen-5',
      text: "@MaureenTibbs47 Maureen, we've a van in your town first thing. If the clinic has a spare for Ron we'll fetch it and bring it to your door, our treat. Bea at Kurrivo",
    },
    {
      key: 'rival-3',
      minute: 67,
      text: 'Small sellers stuck this week: first 50 collections are on us. Dry vans, we checked. #wetparcels',
    },
  ],
};

export const notables: readonly Character[] = [nightShift, hollis, reporter, councillor, kurrivo];
