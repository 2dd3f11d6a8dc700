// One PostgreSQL for a whole run of the browser tests, with a migrated template that every server gets a clone of.
import { startTestCluster } from '../support/cluster-setup.ts';

export default async function setup(): Promise<() => Promise<void>> {
  const { url, remove } = await startTestCluster();
  process.env.REJOINDER_TEST_CLUSTER = url;
  return remove;
}
