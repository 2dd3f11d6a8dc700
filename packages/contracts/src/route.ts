// What a route declaration says, and the shapes that many routes share.
import { type TSchema, Type } from 'typebox';
import { CardView } from './cards.ts';
import { Id, Strict } from './shapes.ts';

/**
 * Who may call: `anyone`, `signed-in`, `admin` of the installation, `member` of the room in the path,
 * or a member with the named ability of the playbook, or with either of the two.
 */
export type Access = 'anyone' | 'signed-in' | 'admin' | 'member' | { ability: string; or?: string };

/** The abilities of which one is enough; empty where none is asked for. */
export const abilitiesOf = (access: Access): string[] =>
  typeof access === 'object' ? [access.ability, ...(access.or ? [access.or] : [])] : [];

export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  says: string;
  access: Access;
  params?: TSchema;
  query?: TSchema;
  body?: TSchema;
  reply: TSchema;
};
export const route = <const R extends Route>(r: R): R => r;

export const inRoom = Strict({ roomId: Id });
export const onCard = Strict({ roomId: Id, cardId: Id });
export const ReasonText = Type.String({ maxLength: 2000 });
export const CardReply = Strict({ card: CardView });
export const Ok = Strict({ ok: Type.Literal(true) });
export const SeenVersion = Type.Optional(
  Type.Integer({ minimum: 1, description: 'The card version you saw; a newer one refuses the change.' }),
);
