// Owns: what was in the parcels, why it mattered, and where people live.
import { lines } from './grammar.ts';

/** Singular always, so that a sentence never has to agree. `stake` may use {soon}, a weekday close ahead. */
export type Parcel = { my: string; thing: string; stake: string; pounds: number };

/** my | thing | pounds | stake */
export const parcels: readonly Parcel[] = lines(`
my daughter's birthday bike | bike | 140 | She turns six on {soon} and has told everyone at school it is purple.
my wedding veil | veil | 210 | I get married on {soon}. That is not a figure of speech.
my mum's hearing aid | hearing aid | 890 | She has been nodding and smiling at us since it went for repair.
a box of bulbs for the allotment | box | 46 | The tin shed smells better than these will by now.
my son's school laptop | laptop | 420 | He has coursework due {soon} and he is doing it on my phone.
a christening gown that four generations have worn | gown | 0 | You cannot order another one.
my late dad's watch | watch | 600 | It was coming back from being mended. It is the only thing of his I kept.
the passport my husband needs to fly | passport | 95 | The flight is on {soon}.
a boiler part | part | 165 | We have had no heating since I ordered it.
my nan's 90th birthday cake stand | cake stand | 38 | Her party is on {soon} whether you turn up or not.
a replacement car seat | car seat | 180 | Baby is due on {soon} and the hospital won't let us leave without one.
my cat's prescription food | cat food | 64 | She is fourteen and can't eat anything else.
a cello bow | bow | 350 | Grade 8 is on {soon}. I've borrowed one that is held together with tape.
my tent for the Duke of Edinburgh weekend | tent | 120 | We set off on {soon}.
a signed first edition | book | 275 | It is paper. It is literally paper.
the curtains for my mum's new flat | curtain parcel | 160 | She has been dressing behind a clothes horse for a week.
a festival outfit I sewed from a pattern | fabric parcel | 52 | I need {soon} and {soon} morning just to cut it out.
my running shoes | shoebox | 130 | The half marathon is on {soon}.
a sewing machine | sewing machine | 330 | I've got eleven bridesmaid hems waiting on it.
a coffee grinder | grinder | 98 | I accept this is not a tragedy but I am not sleeping OR waking up.
my sister's leaving present from the ward | present | 75 | Nineteen nurses chipped in. Her last shift is {soon}.
a drone | drone | 410 | It is a box of electronics. In a puddle.
a model railway engine | engine | 145 | My lad saved eight months of paper round for it.
my art A-level portfolio | portfolio | 0 | Two years of work. The moderator comes on {soon}.
my phone, back from repair | phone | 520 | I'm typing this on a thing with a cracked screen and eleven percent.
a sourdough starter from my sister in Cork | jar | 0 | It is alive. Or it was on Sunday.
a box of vinyl I sold | box of records | 230 | The buyer has already opened a dispute against me.
new tyres for the wheelchair | set of tyres | 84 | Until they come my brother is stuck on the ground floor.
a pram | pram | 640 | He's here and we're carrying him round the house in a laundry basket.
the order of service booklets for a funeral | box | 70 | The funeral is on {soon}. I don't know what to tell the family.
my chef's knives | knife roll | 260 | New job starts {soon}.
a graduation gown | gown | 49 | Ceremony's on {soon}. There isn't another one.
my breast pump | pump | 190 | If you know you know. I can't wait four more days.
a jigsaw for my dad | jigsaw | 24 | He's in hospital and bored to tears, it was one small nice thing.
a quilt my aunt made | quilt | 0 | Six months of her evenings went into it.
my tax papers from the accountant | envelope | 0 | Bank statements, my national insurance number, the lot, sitting in a yard.
a graphics card | graphics card | 480 | Cardboard box. Open yard. Do the maths.
my daughter's epilepsy alarm | alarm | 310 | I've slept on her floor since {since}.
a box of craft beer for my brother's 40th | box | 68 | Party is {soon}. I'll be explaining an empty table.
the keys to our new house | envelope | 0 | Completion was meant to be done. We're in a hotel.
a hive of bees, well, the frames | parcel | 88 | The bees are here. The frames are with you. The bees are cross.
my football boots | boots | 85 | Trial's on {soon}, could only find these in a half size.
a secondhand accordion | accordion | 390 | Wood, felt, leather and reeds. Guess what it doesn't like.
my oven door glass | glass | 58 | We have eaten cold things for a week and the kids think it's a punishment.
a mobility cushion for my dad | cushion | 115 | He can't sit comfortably without it, so he's been in bed.
four hundred raffle tickets for the hospice | box | 30 | The draw is on {soon} and we've sold precisely none.
my school uniform order | uniform | 92 | Year 7 starts and he's the only one in trainers and a jumper from his cousin.
a wetsuit | wetsuit | 155 | Yes, I know. I know. Get the jokes out.
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
