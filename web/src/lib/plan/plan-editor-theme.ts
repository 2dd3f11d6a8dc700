// How the text of a plan looks while it is written: a fixed-width type in the page's own colours.
import { EditorView } from '@codemirror/view';
import { theme } from '../draft/editor-theme.ts';

const own = EditorView.theme({
  '&': { height: '100%', fontSize: 'var(--t-board)' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '20px', overflow: 'auto' },
  '.cm-content': { padding: '12px 0 40vh', minHeight: '0' },
  '.cm-line': { padding: '0 12px 0 6px' },
  '.cm-gutters': { border: '0', backgroundColor: 'var(--canvas)', color: 'var(--muted)' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '36px', padding: '0 4px 0 8px' },
  '.cm-gutter-lint': { width: '16px' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '4px 2px' },
  '.cm-lint-marker': { width: '12px', height: '12px' },
  '.cm-diagnosticText': { whiteSpace: 'pre-line' },
  '.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', maxHeight: '16em' },
  '.cm-tooltip-autocomplete > ul > li': { padding: '3px 10px', lineHeight: '20px' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--action)', color: 'var(--on-action)' },
  '.cm-completionDetail': {
    marginInlineStart: '10px',
    color: 'inherit',
    fontStyle: 'normal',
    fontFamily: 'var(--font)',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '600' },
  '.cm-completionInfo, .plan-help': { maxWidth: '340px', fontFamily: 'var(--font)' },
  '.plan-help': { padding: '8px 10px', lineHeight: '1.45' },
  '.cm-completionInfo .plan-help': { padding: '2px 0' },
  '.plan-help code': { display: 'block', marginTop: '4px', color: 'var(--muted)', fontFamily: 'var(--mono)' },
});

export const planTheme = [own, theme];
