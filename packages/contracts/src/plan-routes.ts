// Routes of the plan a room runs: read it, check a text, see what another would do, take it, go back, confirm that one read it.
import { Type } from 'typebox';
import { PlanDraft } from './drafts.ts';
import { PlanPreview, PlanVersion } from './plan-versions.ts';
import { RoomView } from './rooms.ts';
import { inRoom, ReasonText, route } from './route.ts';
import { Id, Nullable, Strict } from './shapes.ts';

/** One sentence of a rendered playbook: a clause with its sentence, or prose as plain runs. */
export const PlanPart = Type.Unknown({ description: 'A part of the rendered plan; see docs/playbook.md.' });

const PlanReply = Strict({
  id: Type.String(),
  version: Type.Integer(),
  text: Type.String(),
  playbook: Type.Unknown(),
  plan: Type.Array(PlanPart),
});
const PlanText = Type.String({ maxLength: 262_144 });
const Version = { playbookId: Type.String({ maxLength: 80 }), version: Type.Integer({ minimum: 1 }) };
/** A version in a path comes as text. */
const inVersion = Strict({
  roomId: Id,
  playbookId: Type.String({ maxLength: 80 }),
  version: Type.String({ pattern: '^[0-9]{1,9}$' }),
});
const Agreed = Type.Optional(
  Type.Array(Strict({ cardId: Id, to: Type.String() }), {
    maxItems: 10_000,
    description: 'Where each card goes that loses its stage, as the preview told it.',
  }),
);

export const PLAN_ROUTES = {
  playbook: route({
    method: 'GET',
    path: '/api/rooms/:roomId/playbook',
    access: 'member',
    says: 'The playbook the room runs: its text, and the plan rendered in parts.',
    params: inRoom,
    reply: PlanReply,
  }),
  lintPlaybook: route({
    method: 'POST',
    path: '/api/playbooks/lint',
    access: 'signed-in',
    says: 'Read a playbook text and list its faults with line and column.',
    body: Strict({ text: PlanText }),
    reply: Strict({ faults: Type.Array(Type.Unknown()), stages: Type.Array(Type.String()) }),
  }),
  planVersions: route({
    method: 'GET',
    path: '/api/rooms/:roomId/playbooks',
    access: 'member',
    says: 'Every version the room has run, newest first, with who confirmed reading it.',
    params: inRoom,
    reply: Strict({ versions: Type.Array(PlanVersion) }),
  }),
  planVersion: route({
    method: 'GET',
    path: '/api/rooms/:roomId/playbooks/:playbookId/:version',
    access: 'member',
    says: 'One version the room has run.',
    params: inVersion,
    reply: PlanReply,
  }),
  previewPlaybook: route({
    method: 'POST',
    path: '/api/rooms/:roomId/playbook/preview',
    access: 'member',
    says: 'What taking this text would do: rules changed, cards that lose their stage or stand against the new rules. Changes nothing.',
    params: inRoom,
    body: Strict({ text: PlanText }),
    reply: PlanPreview,
  }),
  planDraft: route({
    method: 'GET',
    path: '/api/rooms/:roomId/playbook/draft',
    access: 'member',
    says: 'The next plan as it is being written together; null while nobody has begun one. Write it through the draft socket, under the name plan.',
    params: inRoom,
    reply: Strict({ draft: Nullable(PlanDraft) }),
  }),
  startPlanDraft: route({
    method: 'POST',
    path: '/api/rooms/:roomId/playbook/draft',
    access: 'member',
    says: 'Begin writing the next plan from the text given, or from the running one. Answers the one that is there unless `anew`.',
    params: inRoom,
    body: Strict({ anew: Type.Optional(Type.Boolean()), text: Type.Optional(PlanText) }),
    reply: Strict({ draft: PlanDraft }),
  }),
  adoptPlaybook: route({
    method: 'PUT',
    path: '/api/rooms/:roomId/playbook',
    access: { ability: 'adopt_playbook' },
    says: 'Run another playbook text from now on. Refused while it has faults, or when cards lose their stage otherwise than agreed.',
    params: inRoom,
    body: Strict({ text: PlanText, agreed: Agreed }),
    reply: Strict({ room: RoomView }),
  }),
  rollBackPlaybook: route({
    method: 'POST',
    path: '/api/rooms/:roomId/playbook/roll-back',
    access: { ability: 'adopt_playbook' },
    says: 'Run an earlier version of the plan again, with a reason.',
    params: inRoom,
    body: Strict({ ...Version, reason: ReasonText, agreed: Agreed }),
    reply: Strict({ room: RoomView }),
  }),
  confirmReading: route({
    method: 'POST',
    path: '/api/rooms/:roomId/playbook/read',
    access: 'member',
    says: 'Say that you have read this version of the plan.',
    params: inRoom,
    body: Strict(Version),
    reply: Strict({ versions: Type.Array(PlanVersion) }),
  }),
} as const;
