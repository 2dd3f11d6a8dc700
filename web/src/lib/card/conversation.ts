// In which order was it said? The person's posts and our replies as one conversation.
import type { ReplyKind } from '@rejoinder/contracts/cards';
import type { MentionView } from '@rejoinder/contracts/mentions';
import type { PictureView } from '@rejoinder/contracts/pictures';

export type PublishedReply = {
  text: string;
  publishedAt: string;
  url: string | null;
  kind?: ReplyKind;
  pictures?: PictureView[];
};
export type Said =
  | { kind: 'post'; key: string; at: string; post: MentionView }
  | { kind: 'reply'; key: string; at: string; reply: PublishedReply };

/** Oldest first; at the same instant the post stands before the reply. */
export function inOrder(posts: readonly MentionView[], replies: readonly PublishedReply[]): Said[] {
  const said: Said[] = [
    ...posts.map((post): Said => ({ kind: 'post', key: post.id, at: post.postedAt, post })),
    ...replies.map(
      (reply, i): Said => ({ kind: 'reply', key: `reply ${i} ${reply.publishedAt}`, at: reply.publishedAt, reply }),
    ),
  ];
  return said.sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.kind === 'post' ? -1 : 1));
}
