// A plan to try guards on, for tests and benches: one stage after the other, every role, changed as a test needs it.
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { readPlaybook } from './read.ts';

const TEXT = `---
playbook: trial
version: 1
owner: social_lead
must_confirm_reading: [commander, legal]
---

# Trial

## Roles

\`\`\`yaml roles
responder:   { name: Responder, may: [view, triage, own, draft, move] }
social_lead: { name: Social lead, may: [view, triage, own, draft, move, sign, publish, settle, raise_level, manage_people] }
comms:       { name: Communications, may: [view, triage, draft, move, sign] }
legal:       { name: Legal, may: [view, draft, move, sign] }
publisher:   { name: Publisher, may: [view, move, publish, settle] }
commander:   { name: Commander, may: [view, own, move, raise_level, lower_level, break_glass] }
executive:   { name: Executive, may: [view, sign, break_glass] }
\`\`\`

## Levels

\`\`\`yaml levels
1: { name: Issue }
2: { name: Serious, may_raise: [commander], may_lower: [commander] }
3: { name: Crisis, may_raise: [commander], may_lower: [commander] }
\`\`\`

## What came in

\`\`\`yaml triage
classes:
  complaint: { name: Complaint, first_stage: owned }
  troll: { name: Troll, first_stage: owned, reply: false }
departments:
  logistics: Logistics and delivery
\`\`\`

## Owned

Somebody has it.

\`\`\`yaml stage owned
worked_by: [responder, social_lead, commander]
text: none
next: [drafting]
\`\`\`

## Drafting

The reply is written.

\`\`\`yaml stage drafting
worked_by: [responder, social_lead, comms, commander]
text: editable
leave:
  - draft_not_empty
  - no_personal_data
next: [publish]
\`\`\`

## Publish

It goes out.

\`\`\`yaml stage publish
worked_by: [social_lead, publisher, commander]
text: frozen
enter:
  - sign_offs_valid: reply
  - signer_not_sole_author
  - no_personal_data
  - account_allowed
  - same_platform_as_origin
  - actor_has_role: [commander, social_lead]
leave:
  - posted_and_matches
next: [closed]
\`\`\`

## Signatures

\`\`\`yaml sign-off reply
agree: { any: [comms, legal] }
lifetime: 12h
\`\`\`

## Closed

Done.

\`\`\`yaml stage closed
worked_by: [social_lead]
text: frozen
next: []
final: true
\`\`\`

## The clock

\`\`\`yaml clock public-reply
name: First public reply
starts: mention_posted
stops: public_reply_published
target: 3h
\`\`\`
`;

/** @throws when the text above has a fault */
export function planWith(change: (playbook: Playbook) => Playbook = (playbook) => playbook): Playbook {
  const read = readPlaybook(TEXT);
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  return change(read.playbook);
}
