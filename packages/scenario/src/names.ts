// Owns: the names people go by. Common enough to belong to nobody, mixed as a country's customers are.
const given =
  'Aisha,Alan,Amara,Angela,Anwen,Archie,Beth,Bilal,Bronagh,Callum,Carmel,Chidi,Chloe,Clive,Colette,Dafydd,Daniela,Darren,Deepa,Declan,Denise,Dominika,Duncan,Ebony,Eilidh,Elspeth,Emeka,Esme,Ewan,Farida,Fergus,Fiona,Gareth,Geoff,Gillian,Glenda,Graham,Gurpreet,Hamza,Hannah,Harriet,Heather,Hugo,Imran,Ioan,Isla,Ivy,Jada,Janet,Jasmin,Jean,Jerome,Joan,Jonty,Joyce,Kacper,Karen,Kayleigh,Keith,Kiran,Kofi,Lauren,Leila,Lorna,Lubna,Lucian,Magda,Malcolm,Marcus,Mei,Meera,Mohsin,Morag,Moses,Nadine,Neil,Niamh,Nisha,Norman,Olive,Omar,Owen,Padma,Patrick,Paulette,Pearl,Perry,Phil,Pippa,Rashid,Rhian,Rhys,Roisin,Rosa,Rukhsana,Sade,Sandra,Sanjay,Sean,Shanice,Shelagh,Sian,Simone,Stuart,Sunita,Svetlana,Tariq,Tessa,Theo,Tunde,Una,Valerie,Vikram,Wendy,Xanthe,Yasmin,Yemi,Zara,Zoltan'.split(
    ',',
  );
const family =
  'Abiola,Ainsworth,Akhtar,Allsop,Amoah,Ashworth,Baines,Balogun,Banerjee,Barraclough,Begum,Birtwistle,Bowyer,Brannigan,Calloway,Chowdhury,Clegg,Cotterill,Crabtree,Cuthbert,Dhillon,Doherty,Drummond,Eccles,Edgecombe,Ekwueme,Fairclough,Farrow,Fenwick,Ferris,Gallacher,Garside,Gill,Goddard,Grewal,Haddock,Halloran,Hargreaves,Hebden,Holroyd,Hussain,Ibbotson,Idowu,Inskip,Jagger,Jessop,Kaczmarek,Kaur,Kellett,Kowal,Lamb,Larkin,Lathom,Llewellyn,Lockwood,Maddox,Mahmood,Mallinson,McAteer,McGinty,Mensah,Mistry,Moxon,Nair,Nettleton,Nowak,Nuttall,Oakes,Odell,Okeke,Ormerod,Osborne,Pickles,Pinder,Popescu,Pugh,Quigley,Rafferty,Ramsbottom,Redfern,Rimmer,Rowbotham,Sandhu,Satterthwaite,Seddon,Shah,Silva,Sowerby,Stainton,Swales,Tattersall,Thackeray,Tran,Trelawny,Uddin,Unsworth,Vaughan,Wadsworth,Whittle,Wroe,Yates,Yildiz,Zaman'.split(
    ',',
  );

/** What people call themselves when not by name: a stem for a handle and what is shown above it. */
const nicknames =
  'tea and toast|teaandtoast,a bus driver|thatbusdriver,knitwit|knit_wit,mildly damp|mildlydamp,the other Steve|theothersteve,gravy boat|gravyboat,Nan of four|nanoffour,ginger nutter|gingernutter,wheelie bin|wheeliebin,allotment 42|allotment42,cat on lap|catonlap,late again|late_again,pie and peas|pieandpeas,half a hamster|halfahamster,chairs|justchairs,not that Kevin|notthatkevin,moth|mothlamp,Sunday roast|sundayroast,damp dog|dampdog,beige flag|beigeflag,shed life|shedlife,marmalade|marmalade,crumpet fan|crumpetfan,night bus|nightbus,gone fishing|gonefishing,spare room|spareroom,bin day|binday,minor key|minorkey,hot squash|hotsquash,two sugars|twosugars,owl lady|owllady,slow cooker|slowcooker,big coat|bigcoat,soft lad|softlad'
    .split(',')
    .map((pair) => pair.split('|'));

/** Names of people who post in another language, with a handle. */
const abroadNames: Record<string, readonly (readonly [string, string])[]> = {
  cy: [
    ['Anwen Prys', 'anwenprys'],
    ['Iolo Bevan', 'iolob'],
    ['Nest Gwilym', 'nest_g'],
  ],
  pl: [
    ['Bożena Kowal', 'bozenak'],
    ['Grzegorz Wilk', 'grzesiek_w'],
    ['Ola Zawada', 'olazawada'],
  ],
  fr: [
    ['Maëlle Courtois', 'maellec'],
    ['Thibault Garnier', 'tgarnier'],
    ['Odile Perrin', 'odileperrin'],
  ],
  de: [
    ['Jörg Behrens', 'jbehrens'],
    ['Ulrike Stamm', 'ulrikestamm'],
  ],
  es: [
    ['Nuria Campos', 'nuriacampos'],
    ['Íñigo Salas', 'inigosalas'],
  ],
  pt: [['Joana Meireles', 'joanameireles']],
  ro: [['Mihaela Dobre', 'mihaela_d']],
  tr: [['Gülşen Aydın', 'gulsenaydin']],
  uk: [
    ['Оксана Бондар', 'oksanabondar'],
    ['Тарас Мельник', 'taras_m'],
  ],
  ar: [
    ['ليلى حداد', 'layla_h'],
    ['سامر القاسم', 'samerq'],
    ['Huda Nasser', 'hudanasser'],
  ],
  he: [['נועה לביא', 'noa_lavi']],
  fa: [['مهسا رضایی', 'mahsa_r']],
  ur: [['ثنا ملک', 'sana_malik']],
};

export { abroadNames, family, given, nicknames };
