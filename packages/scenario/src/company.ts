// Owns: the invented company of the rehearsal, its rival, and the three people who can be signed in.

/** Drovewell, Kurrivo and Marlstock do not exist; neither does anyone who posts about them. */
export const company = {
  name: 'Drovewell',
  legalName: 'Drovewell Parcels Ltd',
  says: 'Parcels across the country, 2,900 drivers, five sorting hubs.',
  roomName: 'Drovewell: parcels in the rain',
  incident:
    'The dock roof at the Marlstock hub gave way three nights ago. Parcels were moved into the open yard "for an hour" and it rained. A photo is about to get out.',
  hub: 'Marlstock',
  bot: 'Dot',
  handles: {
    x: 'DrovewellUK',
    bluesky: 'drovewell.example',
    mastodon: 'drovewell@kettle.example',
    reviews: 'drovewell',
    forum: 'Drovewell_Help',
  } as Record<string, string>,
  products: ['Drovewell Next Day', 'Drovewell Plus', 'DroveBox lockers', 'MyDrove app'],
  departments: ['logistics', 'claims', 'app', 'people'],
  rival: { name: 'Kurrivo', handles: { x: 'Kurrivo', bluesky: 'kurrivo.example' } as Record<string, string> },
} as const;

export type Persona = {
  id: string;
  name: string;
  /** What they do, in words for the sign-in page. */
  title: string;
  email: string;
  /** Role ids of the default playbook. Together the three can do the whole job, and an author never has to sign alone. */
  roles: readonly string[];
};

/**
 * Nadia writes and publishes, Tomasz reads and signs, Ingrid decides. Every sign-off of every level can be given by
 * somebody who did not write; executive is held twice so that commander and executive can be two people.
 */
export const personas: readonly Persona[] = [
  {
    id: 'persona_nadia',
    name: 'Nadia Ferrao',
    title: 'Social desk: takes cards, writes replies, publishes',
    email: 'nadia@drovewell.example',
    roles: ['responder', 'social_lead', 'publisher'],
  },
  {
    id: 'persona_tomasz',
    name: 'Tomasz Lindqvist',
    title: 'Communications and legal: reads the exact words, signs or sends back',
    email: 'tomasz@drovewell.example',
    roles: ['comms', 'legal', 'executive'],
  },
  {
    id: 'persona_ingrid',
    name: 'Ingrid Asante',
    title: 'Operations director: commands, speaks for the hub, signs as expert',
    email: 'ingrid@drovewell.example',
    roles: ['commander', 'executive', 'department', 'expert'],
  },
];

/** Hashtags of the storm with the minute after the leak from which people know them. */
export const hashtags: readonly { tag: string; fromMinute: number; weight: number }[] = [
  { tag: '#drovewell', fromMinute: -1e9, weight: 5 },
  { tag: '#Drovewell', fromMinute: -1e9, weight: 3 },
  { tag: '#customerservice', fromMinute: -1e9, weight: 1 },
  { tag: '#marlstock', fromMinute: 2, weight: 3 },
  { tag: '#wetparcels', fromMinute: 4, weight: 4 },
  { tag: '#soggygate', fromMinute: 7, weight: 7 },
  { tag: '#AskDot', fromMinute: 24, weight: 4 },
];
