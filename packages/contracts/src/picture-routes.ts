// Routes of the pictures of a reply: keep one, put them on the draft, read its bytes.
import { Type } from 'typebox';
import { KeptPicture, PICTURE_LIMITS, PictureHash } from './pictures.ts';
import { CardReply, onCard, route } from './route.ts';
import { Id, Strict } from './shapes.ts';

export const PICTURE_ROUTES = {
  keepPicture: route({
    method: 'POST',
    path: '/api/rooms/:roomId/cards/:cardId/pictures',
    access: { ability: 'draft' },
    says: 'Upload a picture for the draft: its bytes as the body, with the content-type image/jpeg, image/png or image/webp. It is encoded anew and named by its hash; it is on the reply once it stands in the list.',
    params: onCard,
    reply: Strict({ picture: KeptPicture }),
  }),
  setPictures: route({
    method: 'PUT',
    path: '/api/rooms/:roomId/cards/:cardId/pictures',
    access: { ability: 'draft' },
    says: 'Say which pictures the reply has, in which order and with which descriptions: the whole list. `seen` is the list of hashes you saw before; another one refuses the change.',
    params: onCard,
    body: Strict({
      pictures: Type.Array(Strict({ hash: PictureHash, alt: Type.String({ maxLength: PICTURE_LIMITS.altLength }) }), {
        maxItems: 20,
      }),
      seen: Type.Array(PictureHash, { maxItems: 20 }),
    }),
    reply: CardReply,
  }),
  picture: route({
    method: 'GET',
    path: '/api/rooms/:roomId/pictures/:hash',
    access: 'member',
    says: 'The bytes of a picture, as they are posted: image/jpeg or image/png.',
    params: Strict({ roomId: Id, hash: PictureHash }),
    reply: Type.Unsafe<Uint8Array>({ type: 'string', format: 'binary' }),
  }),
} as const;
