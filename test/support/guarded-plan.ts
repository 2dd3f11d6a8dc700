// A plan that uses what the shipped one leaves out: lists, authority, likeness, checked claims, hard limits and break-glass.

export const GUARDED_PLAN = `---
playbook: guarded
version: 1
owner: social_lead
---

# Guarded

## Roles

\`\`\`yaml roles
responder:     { name: Responder, may: [view, triage, own, draft, move], authority: { money: { 1: 50, 2: 100, 3: 100 }, promises: [refund] } }
social_lead:   { name: Social lead, may: [view, triage, own, draft, move, sign, publish, settle, raise_level, manage_sources], authority: { money: 500, promises: [refund, replacement] } }
comms:         { name: Communications, may: [view, triage, draft, move, sign] }
legal:         { name: Legal, may: [view, draft, move, sign] }
publisher:     { name: Publisher, may: [view, move, publish, settle] }
commander:     { name: Commander, may: [view, triage, own, move, raise_level, lower_level, adopt_playbook, break_glass] }
executive:     { name: Executive, may: [view, sign, break_glass] }
administrator: { name: Administrator, may: [view, manage_sources, manage_people, adopt_playbook] }
\`\`\`

## Levels

\`\`\`yaml levels
1: { name: Issue, may_lower: [commander] }
2: { name: Serious, may_raise: [social_lead, commander], may_lower: [commander] }
3: { name: Crisis, may_raise: [social_lead, commander], may_lower: [commander] }
\`\`\`

## What came in

\`\`\`yaml triage
classes:
  complaint: { name: Complaint, words: [ruined, late], first_stage: owned }
departments:
  logistics: Logistics
required: [class, department]
\`\`\`

## Kinds of crisis

\`\`\`yaml crisis
victim: { name: We are a victim too, allowed: [inform, express_sympathy], forbidden: [deny] }
preventable: { name: It is our fault, allowed: [apologise, compensate], forbidden: [deny] }
\`\`\`

## New

Read it.

\`\`\`yaml stage new
worked_by: [responder, social_lead, comms, commander]
text: none
next: [owned]
clocks: [public-reply]
\`\`\`

## Owned

Somebody finds out.

\`\`\`yaml stage owned
worked_by: [responder, social_lead, commander]
text: none
limit: { per_person: 2, strength: block }
checklist: { 1: [Order looked up], 2: [Order looked up], 3: [Order looked up, Legal told] }
leave:
  - owner_accepted
  - checklist_complete
  - department_contacted
  - owner_authority_covers_remedy
  - at_level: { 3: [ strategy_allowed ] }
next: [drafting]
clocks: [public-reply]
\`\`\`

## Drafting

We write.

\`\`\`yaml stage drafting
worked_by: [responder, social_lead, comms, commander]
text: editable
leave:
  - draft_not_empty
  - no_personal_data
  - not_too_like_sent
  - account_allowed
next: [sign-off]
clocks: [public-reply]
\`\`\`

## Sign-off

Others read.

\`\`\`yaml stage sign-off
worked_by: [responder, social_lead, comms, legal, commander]
text: edits-void-sign-offs
leave:
  - sign_offs_valid: reply
  - signer_not_sole_author
  - at_level: { 3: [ claims_in_fact_sheet ] }
next: [publish]
clocks: [public-reply]
\`\`\`

\`\`\`yaml sign-off reply
agree: { any: [comms, legal] }
lifetime: 12h
\`\`\`

## Publish

It goes out.

\`\`\`yaml stage publish
worked_by: [social_lead, publisher]
text: frozen
enter:
  - no_personal_data
  - account_allowed
leave:
  - posted_and_matches
next: [private, closed]
clocks: [public-reply]
\`\`\`

## Private

Out of sight.

\`\`\`yaml stage private
worked_by: [social_lead, publisher]
text: frozen
enter:
  - public_pointer_posted
on_wall: false
next: [closed]
\`\`\`

## Closed

Done.

\`\`\`yaml stage closed
worked_by: [social_lead]
text: frozen
next: []
final: true
reopens: { within: 2d, to: new }
\`\`\`

## The clock

\`\`\`yaml clock public-reply
name: First public reply
starts: mention_posted
stops: public_reply_published
target: 3h
\`\`\`

## How we speak

\`\`\`yaml voice
likeness: { ceiling: 60%, why: Nobody wants a copy., repair: Say it anew. }
\`\`\`

## When waiting does harm

\`\`\`yaml break-glass
who: [commander, executive]
over: [sign_offs_valid, signer_not_sole_author, claims_in_fact_sheet]
after: 10m
tells: [legal, executive]
review_within: 1d
reviewed_by: [legal]
\`\`\`
`;
