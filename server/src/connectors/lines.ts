// Cuts a stream of bytes into lines without ever holding more than one line of the longest length.
import { StringDecoder } from 'node:string_decoder';

/** Yields each line without its end (LF or CRLF); null stands for a line longer than `longest` characters. A byte order mark is dropped. */
export async function* linesOf(source: AsyncIterable<Buffer>, longest: number): AsyncGenerator<string | null> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let tooLong = false;
  let first = true;
  const take = (line: string): string | null => {
    const whole = tooLong ? null : line.endsWith('\r') ? line.slice(0, -1) : line;
    tooLong = false;
    return whole !== null && whole.length > longest ? null : whole;
  };
  for await (const chunk of source) {
    let text = decoder.write(chunk);
    if (first && text.length > 0) {
      first = false;
      if (text.startsWith('\uFEFF')) text = text.slice(1);
    }
    const parts = text.split('\n');
    for (const part of parts.slice(0, -1)) {
      yield take(rest + part);
      rest = '';
    }
    rest += parts.at(-1) ?? '';
    if (rest.length > longest) {
      tooLong = true;
      rest = '';
    }
  }
  rest += decoder.end();
  if (rest !== '' || tooLong) yield take(rest);
}
