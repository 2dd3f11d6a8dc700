// The text field of a draft: CodeMirror on the shared text, other people's carets, findings underlined with a repair.
import { defaultKeymap } from '@codemirror/commands';
import { type Action, type Diagnostic, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import type { Finding } from '@rejoinder/contracts/cards';
import { DRAFT_LIMITS } from '@rejoinder/contracts/drafts';
import { yCollab, ySyncAnnotation, yUndoManagerKeymap } from 'y-codemirror.next';
import { UndoManager } from 'yjs';
import type { DraftSession } from './draft-session.svelte.ts';
import { type Mark, marks, marksTheme, putMarks } from './editor-marks.ts';
import { theme } from './editor-theme.ts';
import { repairOf, saysRepair } from './repairs.ts';

export type Editor = {
  setEditable: (editable: boolean) => void;
  setFindings: (findings: readonly Finding[]) => void;
  /** Marks words: whose they are, which carry a comment. */
  setMarks: (marks: readonly Mark[]) => void;
  /** Takes the words of a finding out, or puts the caret where something lacks. */
  repair: (finding: Finding) => void;
  /** Selects a place and gives the text field the focus. */
  show: (from: number, to: number) => void;
  /** Puts words in at the caret, with a blank before and after where one lacks. */
  insert: (words: string) => void;
  focus: () => void;
  destroy: () => void;
};

/** `name`: the first name of whoever writes here, for signing. */
type Words = { label: string; placeholder: string; tooLong: () => void; name: string };
/** What the page wants to hear of the text field. */
export type Heard = { selected: (from: number, to: number) => void; comment: () => boolean };

const NUL = String.fromCharCode(0);

export function openEditor(parent: HTMLElement, session: DraftSession, words: Words, heard: Heard): Editor {
  const editing = new Compartment();
  // A text that stands still can be reached and selected from, as one that is written in.
  const lock = (editable: boolean) => [
    EditorState.readOnly.of(!editable),
    EditorView.editable.of(editable),
    ...(editable ? [] : [EditorView.contentAttributes.of({ tabindex: '0' })]),
  ];
  const undoManager = new UndoManager(session.ytext);
  const tooLong = EditorState.changeFilter.of((transaction) => {
    const fits = !transaction.docChanged || transaction.newDoc.length <= DRAFT_LIMITS.textLength;
    if (fits || transaction.annotation(ySyncAnnotation) !== undefined) return true;
    words.tooLong();
    return transaction.newDoc.length < transaction.startState.doc.length;
  });
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: session.ytext.toString(),
      extensions: [
        yCollab(session.ytext, session.awareness, { undoManager }),
        keymap.of([
          { key: 'Mod-Alt-m', run: heard.comment },
          { key: 'F8', run: () => goToNext() },
          { key: 'Mod-.', run: () => repairHere() },
          ...yUndoManagerKeymap,
          ...defaultKeymap,
        ]),
        EditorView.lineWrapping,
        EditorView.clipboardInputFilter.of((text) => text.replaceAll(NUL, '')),
        EditorView.contentAttributes.of({
          'aria-label': words.label,
          'data-testid': 'draft-editor',
          spellcheck: 'true',
          autocapitalize: 'sentences',
          dir: 'auto',
        }),
        placeholder(words.placeholder),
        editing.of(lock(session.editable)),
        tooLong,
        EditorView.updateListener.of(({ view: changed, selectionSet, docChanged }) => {
          changed.requestMeasure(turnLabels);
          const { from, to } = changed.state.selection.main;
          if (selectionSet || docChanged) heard.selected(from, to);
        }),
        marks,
        marksTheme,
        theme,
      ],
    }),
  });
  const show = (from: number, to: number) => {
    const { length } = view.state.doc;
    view.dispatch({ selection: { anchor: Math.min(from, length), head: Math.min(to, length) }, scrollIntoView: true });
    view.focus();
  };
  let places: readonly Finding[] = [];
  const repair = (finding: Finding) => {
    const change = repairOf(view.state.doc.toString(), finding, words.name);
    if (change === null || view.state.readOnly) return show(finding.from, finding.to);
    const { from, to, insert } = change;
    view.dispatch({
      changes: { from, to, insert },
      selection: { anchor: from + insert.length },
      scrollIntoView: true,
      userEvent: insert === '' ? 'delete' : 'input',
    });
    view.focus();
  };
  /** F8: the next place of which the plan says something, and the first one after the last. */
  const goToNext = (): boolean => {
    const { head } = view.state.selection.main;
    const next = places.find((finding) => finding.from > head) ?? places[0];
    if (next !== undefined) show(next.from, next.from);
    return next !== undefined;
  };
  /** Ctrl+. or Cmd+.: the repair of the place the caret stands in. */
  const repairHere = (): boolean => {
    const { head } = view.state.selection.main;
    const here = places.find((finding) => finding.from <= head && head <= finding.to);
    if (here !== undefined) repair(here);
    return here !== undefined;
  };
  const diagnostic = (finding: Finding, length: number): Diagnostic => {
    const action: Action = {
      name: saysRepair(finding, words.name),
      apply: () => repair(finding),
    };
    return {
      from: Math.min(finding.from, length),
      to: Math.min(finding.to, length),
      severity: finding.strength === 'block' ? 'error' : finding.strength === 'warn' ? 'warning' : 'info',
      message: finding.repair === null ? finding.says : `${finding.says} ${finding.repair}`,
      source: finding.clause,
      actions: view.state.readOnly ? [] : [action],
    };
  };
  return {
    setEditable: (editable) => {
      if (view.state.readOnly === editable) view.dispatch({ effects: editing.reconfigure(lock(editable)) });
    },
    setFindings: (findings) => {
      const { length } = view.state.doc;
      places = findings.filter((finding) => finding.to > finding.from);
      view.dispatch(
        setDiagnostics(
          view.state,
          places.map((finding) => diagnostic(finding, length)),
        ),
      );
    },
    setMarks: (all) => putMarks(view, all),
    repair,
    insert: (words) => {
      if (view.state.readOnly) return;
      const { from, to } = view.state.selection.main;
      const before = from === 0 || /\s/.test(view.state.sliceDoc(from - 1, from)) ? '' : ' ';
      const after = /^\S/.test(view.state.sliceDoc(to, to + 1)) ? ' ' : '';
      const put = `${before}${words}${after}`;
      view.dispatch({
        changes: { from, to, insert: put },
        selection: { anchor: from + put.length },
        userEvent: 'input',
      });
      view.focus();
    },
    show,
    focus: () => view.focus(),
    destroy: () => {
      undoManager.destroy();
      view.destroy();
    },
  };
}

/** A name that would stand out at the right is turned to the left of its caret. */
const turnLabels = {
  key: 'caret labels',
  read: (view: EditorView) => {
    const { right } = view.dom.getBoundingClientRect();
    return [...view.dom.querySelectorAll<HTMLElement>('.cm-ySelectionCaret')].map((caret) => {
      const label = caret.querySelector<HTMLElement>('.cm-ySelectionInfo');
      return { caret, turn: label !== null && caret.getBoundingClientRect().left + label.offsetWidth > right };
    });
  },
  write: (carets: { caret: HTMLElement; turn: boolean }[]) => {
    for (const { caret, turn } of carets) caret.classList.toggle('turned', turn);
  },
};
