// Owns: posts that are not in English, each with its language, mood and whether it runs right to left.
import type { Mood } from './story.ts';

export type Foreign = { lang: string; mood: Mood; text: string };

export const foreign: readonly Foreign[] = [
  {
    lang: 'cy',
    mood: 'negative',
    text: '{co} dw i wedi bod yn aros ers dydd Llun am barsel i Mam. Oes rhywun yna? Mae hi yn ei hwythdegau a does neb yn ateb y ffôn.',
  },
  { lang: 'cy', mood: 'neutral', text: 'Oes rhywun yn gwybod a ydy parseli i Fangor yn mynd trwy Marlstock? Diolch.' },
  {
    lang: 'pl',
    mood: 'negative',
    text: '{co} paczka dla moich rodziców stoi w Marlstock od tygodnia. Dzwonię codziennie i codziennie słyszę co innego. Czy ktoś może mi powiedzieć prawdę?',
  },
  {
    lang: 'pl',
    mood: 'negative',
    text: 'W Marlstock od czwartku leży paczka z lekami dla taty. Nikt nie odbiera. Wstyd, {co}.',
  },
  {
    lang: 'pl',
    mood: 'positive',
    text: 'Nasz kierowca z Drovewell, pan Dariusz, przyniósł paczkę suchą i jeszcze przeprosił. Dziękuję, są jeszcze dobrzy ludzie.',
  },
  {
    lang: 'fr',
    mood: 'negative',
    text: "{co} trois appels, trois réponses différentes, et toujours pas de colis. C'est le cadeau de naissance de ma nièce. Vous vous moquez de qui ?",
  },
  {
    lang: 'fr',
    mood: 'neutral',
    text: 'Bonjour {co}, mon colis part de Lyon vers Leeds : est-ce qu’il passe par Marlstock ? Merci.',
  },
  {
    lang: 'de',
    mood: 'negative',
    text: '{co} Seit acht Tagen steht mein Paket in "Marlstock". Zwei Anrufe, zwei Ausreden. Wann bekomme ich eine ehrliche Antwort?',
  },
  { lang: 'de', mood: 'neutral', text: 'Weiß jemand, ob Sendungen aus Hamburg auch über Marlstock laufen, {co}?' },
  {
    lang: 'es',
    mood: 'negative',
    text: '{co} mi paquete llegó empapado y la caja con moho. He escrito cuatro veces. ¿Nadie contesta en esta empresa?',
  },
  {
    lang: 'es',
    mood: 'positive',
    text: 'Gracias al repartidor de Drovewell que esperó a que bajara mi abuela. Un encanto.',
  },
  {
    lang: 'pt',
    mood: 'negative',
    text: '{co} paguei entrega rápida e a encomenda está há uma semana parada. Quero falar com uma pessoa, não com a Dot.',
  },
  {
    lang: 'ro',
    mood: 'negative',
    text: '{co} coletul pentru copilul meu este blocat la Marlstock de luni. Nimeni nu răspunde la telefon. Este strigător la cer.',
  },
  {
    lang: 'tr',
    mood: 'negative',
    text: '{co} annemin ilaçları bir haftadır depoda. Telefonda kırk dakika bekledim, sonra kapandı. Lütfen cevap verin.',
  },
  {
    lang: 'uk',
    mood: 'negative',
    text: '{co} посилка з документами лежить у Марлстоку вже тиждень. Хто за це відповідає?',
  },
  {
    lang: 'ar',
    mood: 'negative',
    text: '{co} طردي موجود في Marlstock منذ أسبوع، وفيه دواء أمي. اتصلت خمس مرات ولا أحد يجيب. هل ضاع؟',
  },
  { lang: 'ar', mood: 'neutral', text: 'هل يعرف أحد إن كانت الطرود القادمة من ليدز تمر عبر Marlstock؟' },
  {
    lang: 'he',
    mood: 'negative',
    text: '{co} החבילה הגיעה רטובה לגמרי, הספר של סבא שלי הרוס. אף אחד לא עונה בטלפון. מתי תחזרו אליי?',
  },
  {
    lang: 'fa',
    mood: 'negative',
    text: '{co} بسته‌ی من یک هفته است که در Marlstock مانده. سه بار پیام دادم و هیچ جوابی نگرفتم.',
  },
  {
    lang: 'ur',
    mood: 'negative',
    text: '{co} میرا پارسل ایک ہفتے سے Marlstock میں پڑا ہے۔ کوئی فون نہیں اٹھاتا۔ یہ میری بہن کی شادی کا جوڑا ہے۔',
  },
];
