// Does this PostgreSQL keep what it says it has committed? A server that would not is refused.
import type pg from 'pg';

export async function requireDurable(client: Pick<pg.Client, 'query'>): Promise<void> {
  const { rows } = await client.query<{ name: string; setting: string }>(
    `SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes')`,
  );
  const off = rows.filter((row) => row.setting === 'off').map((row) => row.name);
  if (off.length > 0) {
    throw new Error(
      `PostgreSQL runs with ${off.join(', ')} off: a power cut would lose what people were told is saved. Turn it on.`,
    );
  }
}
