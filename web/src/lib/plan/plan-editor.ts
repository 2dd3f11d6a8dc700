// The text field of a plan: CodeMirror with completion, findings at their place, and help on the word under pointer or caret.
import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, insertNewlineKeepIndent } from '@codemirror/commands';
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView, hoverTooltip, keymap, lineNumbers } from '@codemirror/view';
import { yCollab, yUndoManagerKeymap } from 'y-codemirror.next';
import { UndoManager } from 'yjs';
import type { DraftSession } from '../draft/draft-session.svelte.ts';
import { placeAt } from './place-at.ts';
import type { PlanFinding } from './plan-checking.ts';
import { planTheme } from './plan-editor-theme.ts';
import { planLanguage } from './plan-language.ts';
import { helpFor, type Names, offersAt } from './plan-offers.ts';

export type PlanEditor = {
  setEditable: (editable: boolean) => void;
  setFindings: (findings: readonly PlanFinding[]) => void;
  /** Puts the caret on a line, in the middle of the view, and gives the text the focus. */
  goTo: (line: number, column: number | null) => void;
  /** Another text in its place; undo brings the old one back. */
  put: (text: string) => void;
  destroy: () => void;
};

export type PlanEditorOptions = {
  text: string;
  /** The text several write; its carets are drawn and its history undone. */
  shared: DraftSession | null;
  label: string;
  typed: (text: string) => void;
  /** Help on the word at the caret, for those who do not point. */
  caret: (help: string | null) => void;
  names: () => Names | null;
};

export function openPlanEditor(parent: HTMLElement, options: PlanEditorOptions): PlanEditor {
  const helpIn = (state: EditorState, offset: number) => {
    const names = options.names();
    return names === null ? null : helpFor(state.doc.toString(), offset, names);
  };
  const { shared } = options;
  const editing = new Compartment();
  const lock = (editable: boolean) => [EditorState.readOnly.of(!editable), EditorView.editable.of(editable)];
  const undoManager = shared && new UndoManager(shared.ytext);
  const ownHistory = () => [history(), keymap.of(historyKeymap)];
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: shared?.ytext.toString() ?? options.text,
      extensions: [
        shared && undoManager
          ? [yCollab(shared.ytext, shared.awareness, { undoManager }), keymap.of(yUndoManagerKeymap)]
          : ownHistory(),
        editing.of(lock(shared?.editable ?? true)),
        lineNumbers(),
        lintGutter(),
        planLanguage,
        autocompletion({ override: [complete(options.names)], icons: false }),
        hoverTooltip((at, offset) => {
          const help = helpIn(at.state, offset);
          return help && { pos: help.from, end: help.to, create: () => ({ dom: drawHelp(help.says) }) };
        }),
        keymap.of([
          ...completionKeymap,
          { key: 'Enter', run: insertNewlineKeepIndent },
          ...lintKeymap,
          ...defaultKeymap,
        ]),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({
          'aria-label': options.label,
          'data-testid': 'plan-editor',
          tabindex: '0',
          spellcheck: 'false',
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.typed(update.state.doc.toString());
          if (update.docChanged || update.selectionSet)
            options.caret(helpIn(update.state, update.state.selection.main.head)?.says ?? null);
        }),
        planTheme,
      ],
    }),
  });
  return {
    setEditable: (editable) => {
      if (view.state.readOnly === editable) view.dispatch({ effects: editing.reconfigure(lock(editable)) });
    },
    setFindings: (findings) =>
      view.dispatch(
        setDiagnostics(
          view.state,
          findings.map((found) => asDiagnostic(view, found)),
        ),
      ),
    goTo: (line, column) => {
      const at = view.state.doc.line(Math.min(Math.max(1, line), view.state.doc.lines));
      const anchor = Math.min(at.to, at.from + Math.max(0, (column ?? 1) - 1));
      view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
      view.focus();
    },
    put: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    destroy: () => {
      undoManager?.destroy();
      view.destroy();
    },
  };
}

function complete(names: () => Names | null) {
  return (context: CompletionContext): CompletionResult | null => {
    const declared = names();
    const text = context.state.doc.toString();
    const place = placeAt(text, context.pos);
    if (declared === null || place.at === 'prose' || /\s/.test(place.typed)) return null;
    if (place.typed === '' && !context.explicit && place.at === 'block' && place.wants === 'key') return null;
    const offers = offersAt(text, place, declared);
    if (offers.length === 0) return null;
    return {
      from: place.from,
      validFor: /^[\w-]*$/,
      options: offers.map(({ label, insert, detail, help }) => ({
        label,
        apply: insert,
        ...(detail === '' ? {} : { detail }),
        ...(help === '' ? {} : { info: () => drawHelp(help) }),
        boost: detail === 'needed' ? 1 : 0,
      })),
    };
  };
}

/** The first line is a sentence, what follows is text of a plan. */
function drawHelp(says: string): HTMLElement {
  const [sentence = '', example] = says.split('\n');
  const dom = document.createElement('div');
  dom.className = 'plan-help';
  dom.append(sentence);
  if (example !== undefined) {
    const code = document.createElement('code');
    code.textContent = example;
    dom.append(code);
  }
  return dom;
}

const SEVERITY = { fault: 'error', block: 'error', warn: 'warning', note: 'info' } as const;

/** A fault has a column; a finding is about a line, and its first word stands for it. */
function asDiagnostic(view: EditorView, found: PlanFinding): Diagnostic {
  const line = view.state.doc.line(Math.min(Math.max(1, found.line), view.state.doc.lines));
  const first = /^[\s-]*/.exec(line.text)?.[0].length ?? 0;
  const from = Math.min(line.to, line.from + (found.column === null ? first : found.column - 1));
  const word = /^(?:`+yaml .*|[^\s,:\]}]+)/.exec(line.text.slice(from - line.from))?.[0].length ?? 1;
  return {
    from,
    to: Math.min(line.to, from + word),
    severity: SEVERITY[found.weight],
    message: [found.says, found.why, found.wants].filter((each) => each !== '').join('\n'),
    source: [found.clause, found.rule].filter((each) => each !== '').join(' · '),
  };
}
