import { Connection } from '@temporalio/client';

const ATTEMPT_MS_MAX = 2_000;

/** Whether a Temporal server answers at this address and knows the namespace. */
export async function namespaceAnswers(address: string, namespace: string): Promise<boolean> {
  const connection = Connection.lazy({ address, connectTimeout: ATTEMPT_MS_MAX });
  try {
    await connection.withDeadline(Date.now() + ATTEMPT_MS_MAX, () =>
      connection.workflowService.describeNamespace({ namespace }),
    );
    return true;
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}
