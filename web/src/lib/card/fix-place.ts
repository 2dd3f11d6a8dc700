// Where on the card's page is the thing that mends a refusal? The id of its section, or null when it is not on this page.
import type { Fix } from '@rejoinder/contracts/problems';

const PLACES: Partial<Record<Fix['do'], string>> = {
  'set-field': 'assessment',
  'take-card': 'owner',
  'accept-card': 'owner',
  'open-draft': 'reply',
  'ask-sign-off': 'signatures',
  'read-posts': 'conversation',
  'read-comments': 'comments',
  publish: 'publishing',
  settle: 'publishing',
  'give-reason': 'move',
  'record-follow-up': 'follow-up',
  'deliver-remedy': 'remedy',
  'move-first': 'move',
  'say-remedy': 'remedy',
  'give-card': 'owner',
  'record-fact': 'recorded',
  tick: 'checklist',
};

export const placeOf = (fix: Fix): string | null => PLACES[fix.do] ?? null;
