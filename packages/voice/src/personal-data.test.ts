import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPersonalData, isIban, isPaymentCard } from './personal-data.ts';

const KINDS = ['email', 'phone', 'payment_card', 'iban', 'account_number'] as const;
const found = (text: string, masks: string[] = [], allow: string[] = []) =>
  findPersonalData(text, KINDS, masks, allow).map((place) => [place.kind, text.slice(place.from, place.to)]);

describe('personal data', () => {
  const hits: [string, string, string][] = [
    ['email', 'write to jo.smith+x@example.co.uk.', 'jo.smith+x@example.co.uk'],
    ['email', 'jörg@müller.de!', 'jörg@müller.de'],
    ['phone', 'call +49 (0)170 123 45 67', '+49 (0)170 123 45 67'],
    ['phone', 'or 0170/1234567 today', '0170/1234567'],
    ['phone', 'at (555) 123-4567 today', '(555) 123-4567'],
    ['payment_card', 'card 4111-1111-1111-1111 ok', '4111-1111-1111-1111'],
    ['payment_card', 'amex 378282246310005', '378282246310005'],
    ['iban', 'to DE89 3704 0044 0532 0130 00 please', 'DE89 3704 0044 0532 0130 00'],
    ['account_number', 'your customer number 4482913 is', '4482913'],
    ['account_number', 'Account no. AB-448291', 'AB-448291'],
    ['email', 'jo.smith (at) example (dot) org is it', 'jo.smith (at) example (dot) org'],
    ['email', 'write jo at example dot org', 'jo at example dot org'],
    ['email', 'jo@\u200bexample.org', 'jo@\u200bexample.org'],
    ['email', 'jo＠example.org', 'jo＠example.org'],
    ['payment_card', 'no. 12 4111 1111 1111 1111 until 09', '4111 1111 1111 1111'],
    ['payment_card', 'card 4111\u200b1111\u20111111 – 1111', '4111\u200b1111\u20111111 – 1111'],
    ['payment_card', '４１１１１１１１１１１１１１１１', '４１１１１１１１１１１１１１１１'],
    ['payment_card', '٤١١١ ١١١١ ١١١١ ١١١١', '٤١١١ ١١١١ ١١١١ ١١١١'],
    ['payment_card', '4111 . 1111 . 1111 . 1111', '4111 . 1111 . 1111 . 1111'],
    ['iban', 'ref AB12 CD DE89-3704-0044-0532-0130-00', 'DE89-3704-0044-0532-0130-00'],
    ['iban', 'de89\u00a03704\u20060044 0532  0130 00.', 'de89\u00a03704\u20060044 0532  0130 00'],
    ['phone', 'ring 0170 – 123 – 45 – 67', '0170 – 123 – 45 – 67'],
    ['account_number', 'Ihre Kundennummer lautet 4482913', '4482913'],
    ['account_number', 'sort 12-34-56, account 12 34 56 78', '12 34 56 78'],
    ['account_number', 'customer reference: 44 82 913', '44 82 913'],
  ];
  it.each(hits)('[VO-3] finds %s in %j', (kind, text, match) => {
    expect(found(text)).toEqual([[kind, match]]);
  });

  const misses = [
    '@ida@social.example hello',
    'on 2026-03-01 at 09:30',
    'it costs 1 299,00 today',
    'order 12 of 14',
    'card 4111 1111 1111 1112',
    'until 1200',
    'we had 1000000 parcels',
    'the account is closed',
    'https://example.org/p/0170123456789',
    'we met at noon dot',
    'look at 12 things at once',
    'a hat at home',
    'from 2026-03-01 to 2026-04-01',
    '100% @ home',
  ];
  it.each(misses)('[VO-3] finds nothing in %j', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('[VO-3] finds our own numbers by mask, with or without the hyphen, and lets our own addresses pass', () => {
    expect(found('RF-12345678, rf 12345678 and RF12345678', ['RF-########']).map(([, match]) => match)).toEqual([
      'RF-12345678',
      'rf 12345678',
      'RF12345678',
    ]);
    expect(found('R\u200bF 1234.5678 and RF\u20111234\u20115678', ['RF-########'])).toHaveLength(2);
    expect(found('RF-1234567 and XRF-12345678 and RF-123456789', ['RF-########'])).toEqual([]);
    expect(found('write to help@example.org', [], ['help@example.org'])).toEqual([]);
    expect(found('call 0800 123 4567', [], ['0800 1234567'])).toEqual([]);
  });

  it('[VO-3] a payment card is told by its check digit: one changed digit is none', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 15, maxLength: 15 });
    fc.assert(
      fc.property(digits, fc.nat(14), fc.integer({ min: 1, max: 9 }), (body, at, add) => {
        const whole = [...Array(10).keys()].map((last) => [...body, last].join('')).find(isPaymentCard);
        if (whole === undefined) return;
        const other = (Number(whole[at]) + add) % 10;
        expect(isPaymentCard(whole.slice(0, at) + other + whole.slice(at + 1))).toBe(false);
      }),
    );
    expect(isIban('GB82 WEST 1234 5698 7654 32')).toBe(true);
    expect(isIban('GB82 WEST 1234 5698 7654 33')).toBe(false);
  });
});
