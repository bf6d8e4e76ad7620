import { Client, Connection } from '@temporalio/client';

import { createDatabase } from '../../database/client.ts';
import { startFetching } from '../../intake/fetch/fetch-mailboxes.ts';
import { createSealer } from '../../runtime/sealed-secrets.ts';
import { intakeOf, SECRET } from '../flows/desk-worker.ts';
import type { Place } from '../flows/desk-worker.ts';

/** A process that fetches, and ends by SIGKILL when it has stored mails and not moved them. */

process.on('disconnect', die);
process.once('message', (place: Place) => void live(place));

async function live(place: Place): Promise<void> {
  const connection = await Connection.connect({ address: place.temporalAddress });
  const client = new Client({ connection, namespace: place.namespace });
  const database = createDatabase(place.databaseUrl, { poolMax: 4 });
  startFetching({
    ...intakeOf(database, client, place),
    sealer: createSealer(SECRET),
    mailBytesMax: 25 * 1_048_576,
    onStored: async () => die(),
  });
}

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}
