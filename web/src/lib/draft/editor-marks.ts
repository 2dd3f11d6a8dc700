// Marks under the words of the text field: whose they are, and which of them carry a comment.
import { StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';

export type Mark = { from: number; to: number; class: string; title: string };

const put = StateEffect.define<readonly Mark[]>();

/** Between two judgements the marks move with the words. */
export const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(known, { changes, effects, newDoc }) {
    let set = known.map(changes);
    for (const effect of effects) {
      if (!effect.is(put)) continue;
      const { length } = newDoc;
      const ranges = effect.value
        .map((mark) => ({ ...mark, to: Math.min(mark.to, length) }))
        .filter((mark) => mark.from < mark.to)
        .map((mark) =>
          Decoration.mark({ class: mark.class, attributes: { title: mark.title } }).range(mark.from, mark.to),
        );
      set = Decoration.set(ranges, true);
    }
    return set;
  },
  provide: (field) => EditorView.decorations.from(field),
});

export const putMarks = (view: EditorView, all: readonly Mark[]): void => view.dispatch({ effects: put.of(all) });

const hues = Object.fromEntries(
  Array.from({ length: 8 }, (_, hue) => [`.cm-who-${hue}`, { borderBottomColor: `var(--hue-${hue})` }]),
);

export const marksTheme = EditorView.theme({
  '.cm-who': { borderBottom: '2px solid var(--edge)', paddingBottom: '1px' },
  ...hues,
  '.cm-comment': { backgroundColor: 'var(--level-2-wash)', borderRadius: '2px' },
  '.cm-comment-shown': { backgroundColor: 'var(--selected)' },
});
