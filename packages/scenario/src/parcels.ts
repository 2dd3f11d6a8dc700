// Owns: what was in the parcels, why it mattered, and where people live.
import { lines } from './grammar.ts';

/** Singular always, so that a sentence never has to agree. `stake` may use {soon}, a weekday close ahead. */
export type Parcel = { my: string; thing: string; stake: string; pounds: number };

/** my | thing | pounds | stake */
export const parcels: readonly Parcel[] = lines(`
my daughter's birthday bike | bike | 140 | She turns six on {soon} and has told everyone at school it is purple.
my wedding veil | veil | 210 | I get married on {soon}. That is not a figure of speech.
my mum's hearing aid | hearing aid | 890 | She has been nodding and smiling at us since it went for repair.
my box of bulbs for the allotment | box | 46 | The tin shed smells better than these will by now.
my son's school laptop | laptop | 420 | He has coursework due {soon} and he is doing it on my phone.
our family's christening gown | gown | 0 | Four generations have worn it. You cannot order another one.
my late dad's watch | watch | 600 | It was coming back from being mended. It is the only thing of his I kept.
the passport my husband needs to fly | passport | 95 | The flight is on {soon}.
the boiler part | part | 165 | We have had no heating since I ordered it.
my nan's 90th birthday cake stand | cake stand | 38 | Her party is on {soon} whether you turn up or not.
the new car seat | car seat | 180 | Baby is due on {soon} and the hospital won't let us leave without one.
my cat's prescription food | cat food | 64 | She is fourteen and can't eat anything else.
my cello bow | bow | 350 | Grade 8 is on {soon}. I've borrowed one that is held together with tape.
my tent for the Duke of Edinburgh weekend | tent | 120 | We set off on {soon}.
the signed first edition I bought Dad | book | 275 | It is paper. It is literally paper.
my mum's curtain parcel | curtain parcel | 160 | New flat, front window, and she's been dressing behind a clothes horse.
the fabric for my festival outfit | fabric parcel | 52 | I need {soon} and {soon} morning just to cut it out.
my running shoe parcel | shoebox | 130 | The half marathon is on {soon}.
my sewing machine | sewing machine | 330 | I've got eleven bridesmaid hems waiting on it.
my coffee grinder | grinder | 98 | I accept this is not a tragedy but I am not sleeping OR waking up.
my sister's leaving present from the ward | present | 75 | Nineteen nurses chipped in. Her last shift is {soon}.
the drone I saved up for | drone | 410 | It is a box of electronics. In a puddle.
my lad's model railway engine | engine | 145 | He saved eight months of paper round for it.
my art A-level portfolio | portfolio | 0 | Two years of work. The moderator comes on {soon}.
my phone, back from repair | phone | 520 | I'm typing this on a thing with a cracked screen and eleven percent.
my sister's sourdough starter | jar | 0 | It is alive. Or it was on Sunday.
the box of vinyl I sold | box of records | 230 | The buyer has already opened a dispute against me.
my brother's set of wheelchair tyres | set of tyres | 84 | Until it comes he is stuck on the ground floor.
our pram | pram | 640 | He's here and we're carrying him round the house in a laundry basket.
the box of funeral booklets | box | 70 | The funeral is on {soon}. I don't know what to tell the family.
my chef's knife roll | knife roll | 260 | New job starts {soon}.
my graduation gown | gown | 49 | Ceremony's on {soon}. There isn't another one.
my breast pump | pump | 190 | If you know you know. I can't wait four more days.
my dad's jigsaw | jigsaw | 24 | He's in hospital and bored to tears, it was one small nice thing.
the quilt my aunt made | quilt | 0 | Six months of her evenings went into it.
the envelope from my accountant | envelope | 0 | Bank statements, my national insurance number, the lot, sitting in a yard.
my new graphics card | graphics card | 480 | Cardboard box. Open yard. Do the maths.
my daughter's epilepsy alarm | alarm | 310 | I've slept on her floor since {since}.
the box of beer for my brother's 40th | box | 68 | Party is {soon}. I'll be explaining an empty table.
the envelope with our new house keys | envelope | 0 | Completion was meant to be done. We're in a hotel.
my box of beehive frames | parcel | 88 | The bees are here. The frames are with you. The bees are cross.
my football boots parcel | boots | 85 | Trial's on {soon}, could only find these in a half size.
my secondhand accordion | accordion | 390 | Wood, felt, leather and reeds. Guess what it doesn't like.
my new oven door | glass | 58 | We have eaten cold things for a week and the kids think it's a punishment.
my dad's mobility cushion | cushion | 115 | He can't sit comfortably without it, so he's been in bed.
the hospice's box of raffle tickets | box | 30 | Four hundred tickets. The draw is on {soon} and we've sold precisely none.
my school uniform order | uniform | 92 | Year 7 starts and he's the only one in trainers and a jumper from his cousin.
my wetsuit | wetsuit | 155 | Yes, I know. I know. Get the jokes out.
`).map((line) => {
  const [my = '', thing = '', pounds = '0', stake = ''] = line.split('|').map((part) => part.trim());
  return { my, thing, stake, pounds: Number(pounds) };
});

/** Big enough that nobody can be found in them. */
export const cities: readonly string[] =
  'Leeds,Cardiff,Bristol,Hull,Norwich,Dundee,Swansea,Derby,Plymouth,Sunderland,Stoke,Reading,Luton,Preston,Wigan,Exeter,Lincoln,Carlisle,Belfast,Aberdeen,Coventry,Ipswich,Blackpool,Telford,Inverness,Bangor,Hastings,Oldham,Newport,Paisley,Margate,Kettering,Truro,Grimsby,Crewe,Perth'.split(
    ',',
  );

export const weekdays: readonly string[] = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
];
